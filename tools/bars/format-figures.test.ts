import { expect, test } from "vitest";

import { formatFigures } from "./format-figures.ts";

test("puts each figure beside its bar, in the order of the rows, and says what is short", () => {
  const text = formatFigures(
    [
      { row: "17", driver: "compose", figure: "90 ms", isMet: true },
      { row: "8", driver: "process", figure: "2 s", isMet: false },
    ],
    "1.0",
  );

  const [, first = "", second = ""] = text.split("\n");
  expect(first).toMatch(/^8 .*20 services.*process +2 s +short +1 s or less/);
  expect(second).toMatch(/^17 .*compose +90 ms +met +150 ms.*--only=17 --driver=compose/);
  expect(text).toContain("load of the machine at the end: 1.0");
});
