import { expect, test } from "vitest";

import { findFirstOther, findGapMs, type Seen } from "./watch-front-door.ts";

function see(askedMs: number, instance: string | null, tookMs = 2): Seen {
  return { askedMs, answeredMs: askedMs + tookMs, instance };
}

test.each([
  ["no failure", [see(0, "a"), see(5, "a"), see(10, "a")], 5],
  ["refusals between two answers", [see(0, "a"), see(5, null), see(40, null), see(80, "a")], 80],
  ["one answer that hung while others came", [see(0, "a"), see(5, "a", 200), see(10, "a")], 193],
  ["the longer of two", [see(0, "a"), see(5, null), see(20, "a"), see(25, null), see(90, "a")], 70],
  ["nobody at all", [see(0, null)], 0],
] as const)("the gap of %s", (_what, seen, gapMs) => {
  expect(findGapMs(seen)).toBe(gapMs);
});

test("finds the first answer of another instance that was asked after the command", () => {
  const seen = [see(0, "old"), see(5, "new"), see(10, null), see(15, "old"), see(20, "new")];

  expect(findFirstOther(seen, { instance: "old", afterMs: 8 })).toEqual(see(20, "new"));
  expect(findFirstOther(seen, { instance: "new", afterMs: 16 })).toBeNull();
});
