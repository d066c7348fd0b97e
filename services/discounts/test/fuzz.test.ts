import { runFuzz } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { seed } from "../src/seed/seed.ts";
import { startDiscounts, type Discounts } from "./start-discounts.ts";

let discounts: Discounts;

beforeAll(async () => {
  discounts = await startDiscounts();
  await seed(discounts.url);
});

afterAll(() => discounts.stop());

test("answers whatever comes without a 5xx and within its schemas", async () => {
  const report = await runFuzz({
    app: discounts.app,
    callers: [{ "x-auth-token": "cd" }, { "x-auth-token": "member" }, {}],
    requestsPerRoute: 60,
  });

  expect(report.faults).toEqual([]);
  expect(report.statuses).toMatchObject({ 200: expect.any(Number), 422: expect.any(Number) });
}, 3_600_000);
