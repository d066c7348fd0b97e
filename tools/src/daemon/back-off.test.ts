import { expect, test } from "vitest";

import { planRestartDelayMs } from "./back-off.ts";

test("waits longer after each attempt, and never longer than half a minute", () => {
  const delaysMs = [0, 1, 2, 3, 4, 5, 6, 7, 100].map(planRestartDelayMs);

  expect(delaysMs).toEqual([200, 500, 1000, 2000, 5000, 10_000, 30_000, 30_000, 30_000]);
});
