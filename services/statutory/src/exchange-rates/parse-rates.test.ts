import { expect, test } from "vitest";

import { parseRates } from "./parse-rates.ts";

const euro = { isoA2Code: "BE", isoA3Code: "EUR", currency: "Euro", value: 1 };
const zloty = { isoA2Code: "PL", isoA3Code: "PLN", currency: "Polish zloty", value: 4.3 };

test("the euro is filed under EU, others under their country", () => {
  expect(parseRates([euro, { ...zloty, comment: null }])).toEqual([
    { currency: "EU", iso_code: "EUR", name: "Euro", rate: 1 },
    { currency: "PL", iso_code: "PLN", name: "Polish zloty", rate: 4.3 },
  ]);
});

test("of two currencies of a country the first counts", () => {
  expect(parseRates([euro, zloty, { ...zloty, value: 9 }])).toHaveLength(2);
});

test("entries without a usable rate are left out", () => {
  expect(parseRates([euro, { ...zloty, value: 0 }, { ...zloty, value: "4" }, null])).toHaveLength(
    1,
  );
});

test.each([[[]], [[zloty]], [{ rates: [] }], [null], ["<html>"]])(
  "refuses a download without the euro: %j",
  (download) => {
    expect(() => parseRates(download)).toThrow(/none for the euro/);
  },
);
