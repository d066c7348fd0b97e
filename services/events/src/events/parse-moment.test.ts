import * as fc from "fast-check";
import { expect, test } from "vitest";

import { parseMoment } from "./parse-moment.ts";

test.each([
  ["2027-05-01T12:30:00.000Z", "2027-05-01T12:30:00.000Z"],
  ["2027-05-01T12:30:00+02:00", "2027-05-01T10:30:00.000Z"],
  ["2027-05-01 12:30", "2027-05-01T12:30:00.000Z"],
  ["2027-05-01", "2027-05-01T00:00:00.000Z"],
])("reads %s as %s", (text, expected) => {
  expect(parseMoment(text)).toBe(expected);
});

test.each([
  "sometime",
  "",
  "2027-02-30",
  "2027-13-01",
  "2027-05-01 25:00",
  "0000-01-01",
  "12027-05-01",
  "2027-05-01T12:30:00+99:99",
])("refuses %j", (text) => {
  expect(parseMoment(text)).toBeNull();
});

test("reads back every moment between the years 1000 and 9999", () => {
  const moments = fc.date({
    min: new Date("1000-01-01T00:00Z"),
    max: new Date("9999-12-31T23:59:59.999Z"),
    noInvalidDate: true,
  });

  fc.assert(
    fc.property(moments, (moment) => {
      expect(parseMoment(moment.toISOString())).toBe(moment.toISOString());
    }),
  );
});

test("answers null or a moment that it reads again as the same, whatever the text", () => {
  const texts = fc.stringMatching(/^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(Z|[+-]\d{2}:\d{2})?)?$/);

  fc.assert(
    fc.property(texts, (text) => {
      const moment = parseMoment(text);
      expect([null, parseMoment(moment ?? "")]).toContain(moment);
    }),
  );
});
