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
