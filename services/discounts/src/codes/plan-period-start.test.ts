import { expect, test } from "vitest";

import { planPeriodStart } from "./plan-period-start.ts";

test.each([
  ["day", "2026-11-23T00:00:00.000Z", "2026-11-23T00:00:00.000Z"],
  ["day", "2026-11-23T23:59:59.999Z", "2026-11-23T00:00:00.000Z"],
  ["month", "2026-11-30T23:59:59.999Z", "2026-11-01T00:00:00.000Z"],
  ["month", "2028-02-29T12:00:00.000Z", "2028-02-01T00:00:00.000Z"],
  ["year", "2026-12-31T23:59:59.999Z", "2026-01-01T00:00:00.000Z"],
  ["day", "2026-11-24T00:30:00+02:00", "2026-11-23T00:00:00.000Z"],
] as const)("a %s that holds %s began at %s", (period, now, start) => {
  expect(planPeriodStart(period, new Date(now)).toISOString()).toBe(start);
});
