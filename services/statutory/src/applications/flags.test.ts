import { expect, test } from "vitest";

import { findFlagFault } from "./flags.ts";

const none = {
  cancelled: false,
  confirmed: false,
  incoming: false,
  attended: false,
  registered: false,
  departed: false,
  is_on_memberslist: false,
};

test.each([
  ["cancelled", true, {}],
  ["cancelled", false, { cancelled: true }],
  ["cancelled", true, { confirmed: true, attended: true }],
  ["confirmed", true, {}],
  ["confirmed", false, { confirmed: true }],
  ["incoming", true, {}],
  ["incoming", false, { incoming: true }],
  ["attended", true, { confirmed: true }],
  ["attended", false, { confirmed: true, attended: true }],
  ["registered", true, { confirmed: true }],
  ["registered", false, { confirmed: true, registered: true }],
  ["departed", true, { registered: true }],
  ["departed", false, { registered: true, departed: true }],
  ["is_on_memberslist", true, {}],
  ["is_on_memberslist", false, { is_on_memberslist: true }],
] as const)("%s may become %s with %j", (flag, value, flags) => {
  expect(findFlagFault({ ...none, ...flags }, flag, value)).toBeNull();
});

test.each([
  ["confirmed", true, { cancelled: true }, "The application is cancelled."],
  ["incoming", true, { cancelled: true }, "The application is cancelled."],
  [
    "confirmed",
    false,
    { confirmed: true, attended: true },
    "The participant has attended already.",
  ],
  ["incoming", false, { incoming: true, attended: true }, "The participant has attended already."],
  ["attended", true, {}, "The application must be confirmed first."],
  ["registered", true, {}, "The application must be confirmed first."],
  [
    "registered",
    false,
    { confirmed: true, registered: true, departed: true },
    "The participant has departed already.",
  ],
  ["departed", true, { confirmed: true }, "The participant must be registered first."],
] as const)("%s may not become %s with %j", (...[flag, value, flags, message]) => {
  expect(findFlagFault({ ...none, ...flags }, flag, value)).toBe(message);
});
