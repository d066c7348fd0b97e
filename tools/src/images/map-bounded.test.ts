import { setImmediate as nextTurn } from "node:timers/promises";

import { expect, test } from "vitest";

import { mapBounded } from "./map-bounded.ts";

test("keeps the order of the items and never has more at work than allowed", async () => {
  let atWork = 0;
  let most = 0;

  const results = await mapBounded([5, 1, 4, 2, 3], 2, async (item) => {
    atWork += 1;
    most = Math.max(most, atWork);
    await nextTurn();
    atWork -= 1;
    return item * 10;
  });

  expect(results).toEqual([50, 10, 40, 20, 30]);
  expect(most).toBe(2);
});

test("waits for what is under way before it fails, and begins nothing new", async () => {
  const finished: string[] = [];

  const work = mapBounded(["slow", "failing", "never"], 2, async (item) => {
    if (item === "failing") {
      throw new Error("failed");
    }
    await nextTurn();
    finished.push(item);
  });

  await expect(work).rejects.toThrow("failed");
  expect(finished).toEqual(["slow"]);
});
