import { expect, test } from "vitest";

import { score } from "./score.ts";

test.each([
  { named: ["a"], truth: ["a"], precision: 1, recall: 1 },
  { named: ["a", "b"], truth: ["a"], precision: 0.5, recall: 1 },
  { named: ["a"], truth: ["a", "b"], precision: 1, recall: 0.5 },
  { named: [], truth: [], precision: 1, recall: 1 },
  { named: ["a"], truth: [], precision: 0, recall: 1 },
  { named: [], truth: ["a"], precision: 1, recall: 0 },
])("naming $named when $truth is true", ({ named, truth, precision, recall }) => {
  expect(score(named, truth)).toEqual({ precision, recall });
});
