import { expect, test } from "vitest";

import { parseOwnFields } from "./event-fields.ts";

test("brings moments and slugs to the form that is stored", () => {
  const { fields, errors } = parseOwnFields({
    name: "Event",
    url: " My-Event ",
    starts: "2027-05-01 12:00",
    organizers: [{ user_id: 1 }],
    organizing_bodies: [{ body_id: 1 }],
  });

  expect(fields).toEqual({ name: "Event", url: "my-event", starts: "2027-05-01T12:00:00.000Z" });
  expect(errors).toEqual({});
});

test("takes an empty slug for none", () => {
  expect(parseOwnFields({ url: "" }).fields).toEqual({ url: null });
  expect(parseOwnFields({ url: null }).fields).toEqual({ url: null });
});

test("names each date that is none", () => {
  const { fields, errors } = parseOwnFields({ starts: "soon", ends: "2027-02-31" });

  expect(fields).toEqual({});
  expect(errors).toEqual({
    starts: ['"soon" is no date; expected ISO 8601.'],
    ends: ['"2027-02-31" is no date; expected ISO 8601.'],
  });
});
