import { expect, test } from "vitest";

import { findStateFaults } from "./application-rules.ts";
import type { ApplicationStatus } from "./application.schema.ts";

function state(status: ApplicationStatus, confirmed = false, attended = false) {
  return { status, confirmed, attended };
}

test.each([
  [state("pending"), { status: "accepted" }],
  [state("accepted"), { status: "rejected" }],
  [state("rejected"), { status: "pending" }],
  [state("pending"), { status: "rejected" }],
  [state("accepted", true), { status: "accepted" }],
  [state("accepted"), { confirmed: true }],
  [state("accepted", true), { confirmed: false }],
  [state("accepted", true), { attended: true }],
  [state("accepted", true, true), { attended: false }],
  [state("pending"), { attended: false }],
] as const)("lets %j become %j", (from, change) => {
  expect(findStateFaults(from, change)).toEqual({});
});

test.each([
  [state("pending"), { confirmed: true }, "confirmed"],
  [state("rejected"), { confirmed: true }, "confirmed"],
  [state("accepted", true, true), { confirmed: false }, "confirmed"],
  [state("accepted"), { attended: true }, "attended"],
  [state("pending"), { attended: true }, "attended"],
  [state("accepted", true), { status: "rejected" }, "status"],
  [state("accepted", true, true), { status: "pending" }, "status"],
] as const)("does not let %j become %j", (from, change, field) => {
  expect(Object.keys(findStateFaults(from, change))).toEqual([field]);
});
