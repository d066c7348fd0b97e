import { expect, test } from "vitest";

import { planNewEvent } from "./make-event.ts";
import { readOutbox } from "./outbox.ts";
import { countStatuses, startEvents } from "./start-events.ts";

const { send, db, core } = await startEvents();

test("makes a draft with names from core and tells the organisers", async () => {
  const body = planNewEvent({ url: "Develop-Yourself", fee: 50.45 });

  const answer = await send("POST /", { as: "member", body });

  expect(answer.statusCode).toBe(201);
  expect(answer.json()).toMatchObject({
    success: true,
    data: {
      id: 1,
      name: "Develop Yourself",
      url: "develop-yourself",
      status: "draft",
      application_status: "closed",
      fee: 50.45,
      optional_fee: 0,
      meals_per_day: 0,
      vegetarian: false,
      publication_date: null,
      image: null,
      questions: [],
      locations: [],
      organizers: [{ user_id: 3, first_name: "Mara", last_name: "Member" }],
      organizing_bodies: [{ body_id: 1, body_name: "AEGEE-Testburg" }],
    },
  });
  expect(await readOutbox(db)).toMatchObject([
    {
      template: "events_event_created",
      recipients: ["member@example.org"],
      parameters: { event: { id: 1, name: "Develop Yourself", status: "draft" } },
    },
  ]);
});

test("takes dates as the real clients send them", async () => {
  const body = planNewEvent({
    application_starts: "2017-12-03 15:00",
    application_ends: "2017-12-05 15:00",
    starts: "2017-12-11T15:00:00+01:00",
    ends: "2017-12-14",
  });

  const answer = await send("POST /", { as: "member", body });

  expect(answer.json().data).toMatchObject({
    application_starts: "2017-12-03T15:00:00.000Z",
    starts: "2017-12-11T14:00:00.000Z",
    ends: "2017-12-14T00:00:00.000Z",
  });
});

test("lets nobody set what is not theirs to set", async () => {
  const body = planNewEvent({
    id: 77,
    status: "published",
    deleted: true,
    image: "../../etc/passwd",
    publication_date: "2020-01-01T00:00:00.000Z",
    created_at: "2020-01-01T00:00:00.000Z",
    organizers: [{ user_id: 3, first_name: "Not", last_name: "Me", is_admin: true }],
    organizing_bodies: [{ body_id: 1, body_name: "AEGEE-Elsewhere" }],
  });

  const answer = await send("POST /", { as: "member", body });

  expect(answer.json().data).toMatchObject({
    id: 1,
    status: "draft",
    deleted: false,
    image: null,
    publication_date: null,
    organizers: [
      {
        user_id: 3,
        first_name: "Mara",
        last_name: "Member",
        notification_email: "member@example.org",
      },
    ],
    organizing_bodies: [{ body_id: 1, body_name: "AEGEE-Testburg" }],
  });
});

test("asks a stranger to log in before it looks at the body", async () => {
  const answer = await send("POST /", { body: {} });

  expect(answer.statusCode).toBe(401);
  expect(answer.json()).toMatchObject({ success: false, message: expect.any(String) });
});

test("refuses who may not propose events", async () => {
  const body = planNewEvent({ organizers: [{ user_id: 4 }] });

  const answer = await send("POST /", { as: "stranger", body });

  expect(answer.statusCode).toBe(403);
});

test("refuses who is not among the organisers", async () => {
  const answer = await send("POST /", {
    as: "member",
    body: planNewEvent({ organizers: [{ user_id: 2 }] }),
  });

  expect(answer.statusCode).toBe(403);
  expect(answer.json().message).toBe("Whoever proposes an event should be among its organizers.");
});

test.each([
  ["name", { name: undefined }],
  ["name", { name: "  \t " }],
  ["name", { name: "Line\nbreak" }],
  ["description", { description: undefined }],
  ["application_starts", { application_starts: undefined }],
  ["application_ends", { application_ends: "sometime" }],
  ["application_ends", { application_ends: "2001-01-01T00:00:00Z" }],
  ["starts", { starts: 5 }],
  ["ends", { ends: "2002-01-01T00:00:00Z" }],
  ["type", { type: "non-statutory" }],
  ["fee", { fee: -1 }],
  ["fee", { fee: "5" }],
  ["optional_fee", { optional_fee: "string" }],
  ["meals_per_day", { meals_per_day: 5 }],
  ["meals_per_day", { meals_per_day: "2" }],
  ["max_participants", { max_participants: -1 }],
  ["url", { url: "with space" }],
  ["url", { url: "2027-05" }],
  ["organizers", { organizers: [] }],
  ["organizers", { organizers: undefined }],
  ["organizing_bodies", { organizing_bodies: [] }],
  ["organizing_bodies", { organizing_bodies: [{ body_id: 99 }] }],
  ["organizers", { organizers: [{ user_id: 3 }, { user_id: 12345 }] }],
  ["locations", { locations: false }],
  ["locations.0", { locations: [null] }],
  ["locations.0.name", { locations: [{ name: "", position: { lat: 1, lng: 1 } }] }],
  ["locations.0.position.lat", { locations: [{ name: "a", position: { lat: false, lng: 1 } }] }],
  ["questions.0.type", { questions: [{ type: "x", description: "a", required: true }] }],
  ["questions.0.description", { questions: [{ type: "text", description: "", required: true }] }],
  ["questions", { questions: [{ type: "select", description: "a", required: true }] }],
  ["link_info_travel_country", { link_info_travel_country: "javascript:alert(1)" }],
])("answers 422 with a message at %s for %j", async (field, changes) => {
  const answer = await send("POST /", { as: "member", body: planNewEvent(changes) });

  expect(answer.statusCode).toBe(422);
  expect(Object.keys(answer.json().errors)).toContain(field);
  expect(await readOutbox(db)).toEqual([]);
});

test("gives a slug to one of two that ask for it at once", async () => {
  const body = planNewEvent({ url: "wanted" });

  const answers = await Promise.all([
    send("POST /", { as: "member", body }),
    send("POST /", { as: "member", body }),
  ]);

  expect(countStatuses(answers)).toEqual({ 201: 1, 422: 1 });
  expect(await readOutbox(db)).toHaveLength(1);
});

test("answers 503 and keeps nothing when core is away", async () => {
  core.breakDown();

  const answer = await send("POST /", { as: "newcomer", body: planNewEvent() });

  expect(answer.statusCode).toBe(503);
  expect(await readOutbox(db)).toEqual([]);
});
