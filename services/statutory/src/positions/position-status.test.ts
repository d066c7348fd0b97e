import { expect, test } from "vitest";

import { planPositionStatus } from "./position-status.ts";

const at = (iso: string) => new Date(iso);

const position = {
  starts: at("2027-02-01T00:00:00Z"),
  ends: at("2027-02-10T00:00:00Z"),
  ends_force: at("2027-02-20T00:00:00Z"),
  places: 2,
  status_override: null,
  candidate_count: 2,
};

test.each([
  ["before it starts", "2027-01-31T23:59:59Z", {}, "closed"],
  ["when it starts", "2027-02-01T00:00:00Z", {}, "open"],
  ["when it ends", "2027-02-10T00:00:00Z", { candidate_count: 9 }, "open"],
  ["after its end with too few candidates", "2027-02-15T00:00:00Z", {}, "open"],
  [
    "after its end with enough candidates",
    "2027-02-15T00:00:00Z",
    { candidate_count: 3 },
    "closed",
  ],
  ["after its last end", "2027-02-20T00:00:01Z", {}, "closed"],
  ["after its end without a last end", "2027-02-15T00:00:00Z", { ends_force: null }, "closed"],
  [
    "closed by hand while its time runs",
    "2027-02-05T00:00:00Z",
    { status_override: "closed" },
    "closed",
  ],
  ["opened by hand after all", "2027-03-05T00:00:00Z", { status_override: "open" }, "open"],
] as const)("%s (%s) with %j it is %s", (...[, now, change, status]) => {
  expect(planPositionStatus({ ...position, ...change }, at(now))).toBe(status);
});
