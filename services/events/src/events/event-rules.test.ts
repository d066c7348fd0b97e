import { expect, test } from "vitest";

import { blankFields } from "./event-fields.ts";
import { findEventFaults } from "./event-rules.ts";

const event = {
  ...blankFields,
  application_starts: "2027-01-01T00:00:00.000Z",
  application_ends: "2027-02-01T00:00:00.000Z",
  starts: "2027-03-01T00:00:00.000Z",
  ends: "2027-03-05T00:00:00.000Z",
};

test.each([
  {},
  { url: "nwm-2027" },
  { link_info_travel_country: "HTTPS://example.org" },
  { link_info_travel_country: " " },
  {
    questions: [{ type: "select" as const, description: "Which?", required: true, values: ["a"] }],
  },
])("accepts %j", (changes) => {
  expect(findEventFaults({ ...event, ...changes }, "draft")).toEqual({});
});

test.each([
  [{ application_ends: event.application_starts }, ["application_ends"]],
  [{ application_starts: "2027-02-02T00:00:00.000Z" }, ["application_ends"]],
  [{ application_ends: event.starts }, ["application_ends"]],
  [{ ends: event.starts }, ["ends"]],
  [
    { starts: "2027-01-15T00:00:00.000Z", ends: "2027-01-10T00:00:00.000Z" },
    ["application_ends", "ends"],
  ],
  [{ url: "2027" }, ["url"]],
  [{ url: "2027-05" }, ["url"]],
  [{ url: "nwm_2027" }, ["url"]],
  [{ link_info_travel_country: "javascript:alert(1)" }, ["link_info_travel_country"]],
  [
    { questions: [{ type: "select" as const, description: "Which?", required: true }] },
    ["questions"],
  ],
])("finds what is wrong with %j", (changes, fields) => {
  expect(Object.keys(findEventFaults({ ...event, ...changes }, "draft"))).toEqual(fields);
});

test("asks for budget and programme of everything but a draft", () => {
  expect(Object.keys(findEventFaults(event, "submitted"))).toEqual(["budget", "programme"]);
  expect(findEventFaults({ ...event, budget: "b", programme: "p" }, "published")).toEqual({});
});
