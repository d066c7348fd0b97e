import { expect, test } from "vitest";

import { calculateFeeToAegee } from "./fees.ts";

test.each([
  [30, 1, 3.75],
  [40, 1, 4.25],
  [8, 1, 2],
  [0, 1, 2],
  [16, 1, 2],
  [20, 1, 2.5],
  [100, 1, 7.25],
  [60, 2, 3.75],
  [80, 2, 4.25],
])("a fee of %d at a rate of %d costs %d EUR", (fee, rate, expected) => {
  expect(calculateFeeToAegee(fee, rate)).toBeCloseTo(expected, 10);
});
