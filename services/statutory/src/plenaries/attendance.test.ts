import { expect, test } from "vitest";

import { countAttendedSeconds, planAttendanceEnd } from "./attendance.ts";

const at = (time: string) => new Date(`2027-02-01T${time}Z`);
const plenary = { starts: at("10:00:00"), ends: at("12:00:00") };

test.each([
  ["within the plenary", "10:30:00", "11:00:00", 1800],
  ["from before it starts", "09:00:00", "10:10:00", 600],
  ["beyond its end", "11:50:00", "13:00:00", 600],
  ["over all of it", "09:00:00", "13:00:00", 7200],
  ["before it only", "08:00:00", "09:00:00", 0],
  ["after it only", "12:30:00", "13:00:00", 0],
])("counts what overlaps: %s", (...[, starts, ends, seconds]) => {
  expect(countAttendedSeconds({ starts: at(starts), ends: at(ends) }, plenary)).toBe(seconds);
});

test("counts nothing for an open attendance", () => {
  expect(countAttendedSeconds({ starts: at("10:30:00"), ends: null }, plenary)).toBe(0);
});

test("the end of the plenary closes an open attendance", () => {
  const open = { starts: at("10:30:00"), ends: null };

  expect(planAttendanceEnd(open, plenary, at("11:59:59"))).toBeNull();
  expect(planAttendanceEnd(open, plenary, at("12:00:01"))).toEqual(plenary.ends);
});

test("an attendance that ended keeps its end", () => {
  const closed = { starts: at("10:30:00"), ends: at("10:45:00") };

  expect(planAttendanceEnd(closed, plenary, at("13:00:00"))).toEqual(at("10:45:00"));
});
