import { expect, test } from "vitest";

import { compareToBaseline } from "./baseline.ts";

const row = {
  name: "work",
  peerName: "peer",
  ours: 1,
  peer: 2,
  ratio: 2,
  spread: [1.5, 2.5] as const,
  unit: "ms" as const,
};

test.each([
  [2.4, "within the noise"],
  [1.4, "worse"],
  [2.6, "better"],
])("a ratio of %d against a baseline of 1.5 to 2.5 is %s", (ratio, verdict) => {
  const baseline = { rows: [{ ...row, spread: [1.5, 2.5] satisfies [number, number] }] };

  expect(compareToBaseline([{ ...row, ratio }], baseline)).toContain(verdict);
});

test("work that the baseline does not know is new", () => {
  expect(compareToBaseline([row], { rows: [] })).toContain("new");
});
