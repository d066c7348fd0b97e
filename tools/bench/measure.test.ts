import { expect, test } from "vitest";

import { findPercentile } from "./measure.ts";

test.each([
  [[5], 0.5, 5],
  [[3, 1, 2, 4], 0.5, 2],
  [Array.from({ length: 100 }, (_, index) => 100 - index), 0.95, 95],
  [[], 0.95, 0],
])("of %j the share %d is at most %d", (values, share, expected) => {
  expect(findPercentile(values, share)).toBe(expected);
});
