import { expect, test } from "vitest";

import { findSlope } from "./find-slope.ts";

test.each([
  [[5, 5, 5], 0],
  [[1, 10, 100], 1],
  [[1, 100, 10_000], 2],
])("costs of %j at 10, 100 and 1000 grow with exponent %d", (costs, slope) => {
  expect(findSlope([10, 100, 1000], costs)).toBeCloseTo(slope, 9);
});
