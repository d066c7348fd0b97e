import { expect, test } from "vitest";

import { makeEvent } from "./make-event.ts";
import { readOutbox } from "./outbox.ts";
import { countStatuses, startEvents } from "./start-events.ts";

const { send, db, core } = await startEvents();

async function readStatus(id: number) {
  return db
    .selectFrom("events")
    .select(["status", "publication_date"])
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
}

test("tells organisers and approvers when an organiser submits a draft", async () => {
  const { id } = await makeEvent(db, { status: "draft", name: "Training" });

  const answer = await send(`PUT /single/${id}/status`, {
    as: "member",
    body: { status: "submitted" },
  });

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ success: true, message: "The event is submitted now." });
  expect(await readStatus(id)).toEqual({ status: "submitted", publication_date: null });
  expect(await readOutbox(db)).toMatchObject([
    {
      template: "events_status_changed",
      recipients: ["member@example.org"],
      parameters: { event: { id, status: "submitted" }, old_status: "draft" },
    },
    {
      template: "events_submitted",
      recipients: ["eqac@example.org"],
      parameters: { event: { id, name: "Training" } },
    },
  ]);
});

test("sets the publication date when an approver publishes, and tells only the organisers", async () => {
  const { id } = await makeEvent(db, { status: "submitted" });

  await send(`PUT /single/${id}/status`, { as: "eqac", body: { status: "published" } });

  expect(await readStatus(id)).toEqual({
    status: "published",
    publication_date: expect.any(String),
  });
  expect(await readOutbox(db)).toMatchObject([
    { template: "events_status_changed", parameters: { old_status: "submitted" } },
  ]);
});

test.for([
  ["draft", "submitted", "eqac", 200],
  ["draft", "published", "eqac", 403],
  ["draft", "submitted", "applicant", 403],
  ["submitted", "draft", "eqac", 200],
  ["submitted", "draft", "member", 403],
  ["submitted", "published", "member", 403],
  ["submitted", "submitted", "eqac", 403],
  ["published", "submitted", "eqac", 200],
  ["published", "submitted", "member", 403],
  ["published", "draft", "eqac", 403],
] as const)("%s to %s by %s: %s", async ([from, to, as, expected]) => {
  const { id } = await makeEvent(db, { status: from });

  const answer = await send(`PUT /single/${id}/status`, { as, body: { status: to } });

  expect(answer.statusCode).toBe(expected);
  expect((await readStatus(id)).status).toBe(expected === 200 ? to : from);
});

test("asks for the permission of the event's own type", async () => {
  const { id } = await makeEvent(db, { status: "submitted", type: "nwm" });

  const manager = await send(`PUT /single/${id}/status`, {
    as: "nwmManager",
    body: { status: "draft" },
  });
  const approver = await send(`PUT /single/${id}/status`, {
    as: "eqac",
    body: { status: "draft" },
  });

  expect([manager.statusCode, approver.statusCode]).toEqual([403, 200]);
});

test.each([
  [{ budget: null }, ["budget"]],
  [{ budget: "\t  ", programme: "" }, ["budget", "programme"]],
])("does not submit an event with %j", async (fields, expected) => {
  const { id } = await makeEvent(db, { status: "draft", ...fields });

  const answer = await send(`PUT /single/${id}/status`, {
    as: "member",
    body: { status: "submitted" },
  });

  expect(answer.statusCode).toBe(422);
  expect(Object.keys(answer.json().errors)).toEqual(expected);
  expect(await readOutbox(db)).toEqual([]);
});

test("answers 422 to a status that there is not, 401 without a token, 404 without an event", async () => {
  const { id } = await makeEvent(db, { status: "draft" });

  const unknown = await send(`PUT /single/${id}/status`, {
    as: "member",
    body: { status: "open" },
  });
  const stranger = await send(`PUT /single/${id}/status`, { body: { status: "submitted" } });
  const nowhere = await send("PUT /single/999/status", { as: "eqac", body: { status: "draft" } });

  expect([unknown.statusCode, stranger.statusCode, nowhere.statusCode]).toEqual([422, 401, 404]);
});

test("moves an event once when many do it at the same moment", async () => {
  const { id } = await makeEvent(db, { status: "submitted" });

  const answers = await Promise.all(
    Array.from({ length: 8 }, () =>
      send(`PUT /single/${id}/status`, { as: "eqac", body: { status: "published" } }),
    ),
  );

  expect(countStatuses(answers)).toEqual({ 200: 1, 403: 7 });
  expect(await readOutbox(db)).toHaveLength(1);
});

test("never lets an organiser's edit into an event that was submitted meanwhile", async () => {
  const { id } = await makeEvent(db, { status: "draft", name: "old" });

  const [submitted, edited] = await Promise.all([
    send(`PUT /single/${id}/status`, { as: "member", body: { status: "submitted" } }),
    send(`PUT /single/${id}`, { as: "member", body: { budget: "" } }),
  ]);

  const { status, budget } = await db.selectFrom("events").selectAll().executeTakeFirstOrThrow();
  expect([submitted.statusCode, edited.statusCode]).toContain(200);
  expect([status, budget]).not.toEqual(["submitted", ""]);
});

test("changes nothing while core is away", async () => {
  const { id } = await makeEvent(db, { status: "draft" });
  await send("GET /mine/organizing", { as: "member" });
  core.breakDown();

  const answer = await send(`PUT /single/${id}/status`, {
    as: "member",
    body: { status: "submitted" },
  });

  expect(answer.statusCode).toBe(503);
  expect((await readStatus(id)).status).toBe("draft");
});
