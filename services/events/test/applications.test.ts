import { describe, expect, test } from "vitest";

import { makeEvent } from "./make-event.ts";
import { readOutbox } from "./outbox.ts";
import { idOf, type Person } from "./people.ts";
import { countStatuses, startEvents } from "./start-events.ts";

const { send, db, core } = await startEvents();

const body = { body_id: 1, answers: [], agreed_to_privacy_policy: true };

async function applyTo(eventId: number, as: Person = "applicant"): Promise<number> {
  const answer = await send(`POST /single/${eventId}/applications`, { as, body });
  return answer.json().data.id;
}

describe("POST /single/:event/applications", () => {
  test("stores the application with what core says of the applicant, and confirms it by mail", async () => {
    const { id } = await makeEvent(db, {
      name: "Training",
      questions: [{ type: "text", description: "Why?", required: true }],
    });

    const answer = await send(`POST /single/${id}/applications`, {
      as: "applicant",
      body: { ...body, answers: ["Because."] },
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().data).toMatchObject({
      event_id: id,
      user_id: idOf("applicant"),
      body_id: 1,
      body_name: "AEGEE-Testburg",
      first_name: "Mara",
      email: "applicant@example.org",
      status: "pending",
      confirmed: false,
      attended: false,
      board_comment: null,
      answers: ["Because."],
      agreed_to_privacy_policy: true,
    });
    expect(await readOutbox(db)).toMatchObject([
      {
        template: "events_applied",
        recipients: ["applicant@example.org"],
        parameters: { event: { name: "Training" }, application: { first_name: "Mara" } },
      },
    ]);
  });

  test("lets nobody say who they are, or select themselves", async () => {
    const { id } = await makeEvent(db);

    const answer = await send(`POST /single/${id}/applications`, {
      as: "applicant",
      body: {
        ...body,
        id: 99,
        user_id: 1,
        first_name: "Somebody",
        email: "else@example.org",
        body_name: "AEGEE-Elsewhere",
        status: "accepted",
        confirmed: true,
        attended: true,
        board_comment: "the best",
      },
    });

    expect(answer.json().data).toMatchObject({
      id: 1,
      user_id: idOf("applicant"),
      first_name: "Mara",
      email: "applicant@example.org",
      body_name: "AEGEE-Testburg",
      status: "pending",
      confirmed: false,
      attended: false,
      board_comment: null,
    });
  });

  test.for([
    ["a body of others", {}, { body_id: 3 }, 403],
    ["an event that is a draft", { status: "draft" }, {}, 403],
    ["an event that is submitted", { status: "submitted" }, {}, 403],
    ["closed applications", { isOpen: false }, {}, 403],
    ["a missing body", {}, { body_id: undefined }, 422],
    ["missing answers", {}, { answers: undefined }, 422],
    ["too many answers", {}, { answers: ["a"] }, 422],
    ["no consent", {}, { agreed_to_privacy_policy: false }, 422],
  ] as const)("refuses %s", async ([_what, event, changes, expected]) => {
    const { id } = await makeEvent(db, event);

    const answer = await send(`POST /single/${id}/applications`, {
      as: "applicant",
      body: { ...body, ...changes },
    });

    expect(answer.statusCode).toBe(expected);
    expect(await db.selectFrom("applications").selectAll().execute()).toEqual([]);
    expect(await readOutbox(db)).toEqual([]);
  });

  test("takes one of many applications that a user sends at once", async () => {
    const { id } = await makeEvent(db);

    const answers = await Promise.all(
      Array.from({ length: 10 }, () =>
        send(`POST /single/${id}/applications`, { as: "applicant", body }),
      ),
    );

    expect(countStatuses(answers)).toEqual({ 200: 1, 422: 9 });
    expect(await db.selectFrom("applications").selectAll().execute()).toHaveLength(1);
    expect(await readOutbox(db)).toHaveLength(1);
  });

  test("says that there is an application already", async () => {
    const { id } = await makeEvent(db);
    await applyTo(id);

    const answer = await send(`POST /single/${id}/applications`, { as: "applicant", body });

    expect(answer.json().errors).toEqual({ user_id: ["You have applied to this event already."] });
  });

  test("answers 401 without a token, 404 without an event", async () => {
    const { id } = await makeEvent(db);

    const stranger = await send(`POST /single/${id}/applications`, { body });
    const nowhere = await send("POST /single/999/applications", { as: "applicant", body });

    expect([stranger.statusCode, nowhere.statusCode]).toEqual([401, 404]);
  });

  test("answers 503 while core is away and nobody remembers the caller", async () => {
    const { id } = await makeEvent(db);
    core.breakDown();

    const answer = await send(`POST /single/${id}/applications`, { as: "newcomer", body });

    expect(answer.statusCode).toBe(503);
  });
});

describe("GET /single/:event/applications/:application", () => {
  test.each([
    ["the applicant", "applicant", 200],
    ["an organiser", "member", 200],
    ["a manager", "eqac", 200],
    ["the applicant's board", "board", 403],
    ["another applicant", "secondApplicant", 403],
    ["a stranger", "stranger", 403],
  ] as const)("answers %s", async (_who, as, expected) => {
    const { id } = await makeEvent(db);
    const application = await applyTo(id);

    const answer = await send(`GET /single/${id}/applications/${application}`, { as });

    expect(answer.statusCode).toBe(expected);
  });

  test("finds one's own as `me`, and 404 where there is none", async () => {
    const { id } = await makeEvent(db);
    const application = await applyTo(id);

    const own = await send(`GET /single/${id}/applications/me`, { as: "applicant" });
    const none = await send(`GET /single/${id}/applications/me`, { as: "secondApplicant" });

    expect(own.json().data.id).toBe(application);
    expect(none.statusCode).toBe(404);
  });

  test("does not find an application through another event, whoever runs that", async () => {
    const theirs = await makeEvent(db, { organizedBy: "board" });
    const mine = await makeEvent(db, { organizedBy: "member" });
    const application = await applyTo(theirs.id);

    const answers = await Promise.all([
      send(`GET /single/${mine.id}/applications/${application}`, { as: "member" }),
      send(`PUT /single/${mine.id}/applications/${application}/status`, {
        as: "member",
        body: { status: "accepted" },
      }),
    ]);

    expect(countStatuses(answers)).toEqual({ 404: 2 });
  });

  test.each(["abc", "0", "-1", "1e3", "99999999999", "me%00"])(
    "answers 400 to the id %s",
    async (id) => {
      const event = await makeEvent(db);

      const answer = await send(`GET /single/${event.id}/applications/${id}`, { as: "applicant" });

      expect(answer.statusCode).toBe(400);
    },
  );
});

describe("PUT /single/:event/applications/:application", () => {
  test("changes answers and body, never who applied, and tells the applicant", async () => {
    const { id } = await makeEvent(db, {
      questions: [{ type: "text", description: "Why?", required: false }],
    });
    await send(`POST /single/${id}/applications`, {
      as: "applicant",
      body: { ...body, answers: [""] },
    });

    const answer = await send(`PUT /single/${id}/applications/me`, {
      as: "applicant",
      body: {
        body_id: 2,
        answers: ["New."],
        user_id: 1,
        email: "x@example.org",
        status: "accepted",
      },
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().data).toMatchObject({
      user_id: idOf("applicant"),
      email: "applicant@example.org",
      body_id: 2,
      body_name: "AEGEE-Musterstad",
      answers: ["New."],
      status: "pending",
    });
    expect((await readOutbox(db)).at(-1)).toMatchObject({
      template: "events_edited",
      recipients: ["applicant@example.org"],
    });
  });

  test("keeps the applicant's identity when a manager edits, and tells the applicant, not the manager", async () => {
    const { id } = await makeEvent(db, {
      questions: [{ type: "number", description: "How many?", required: true }],
    });
    await send(`POST /single/${id}/applications`, {
      as: "applicant",
      body: { ...body, answers: [1] },
    });

    const answer = await send(`PUT /single/${id}/applications/1`, {
      as: "eqac",
      body: { body_id: 1, answers: [2] },
    });

    expect(answer.json().data).toMatchObject({
      user_id: idOf("applicant"),
      first_name: "Mara",
      answers: [2],
    });
    expect((await readOutbox(db)).at(-1)?.recipients).toEqual(["applicant@example.org"]);
  });

  test.for([
    ["a body that is not the applicant's", "applicant", { body_id: 3 }, 403],
    ["another body by a manager", "eqac", { body_id: 2 }, 403],
    ["answers that do not fit", "applicant", { answers: ["too", "many"] }, 422],
    ["a withdrawn consent", "applicant", { agreed_to_privacy_policy: false }, 422],
    ["an organiser of a published event", "member", { answers: [] }, 403],
    ["another applicant", "secondApplicant", { answers: [] }, 403],
    ["nobody in particular", undefined, { answers: [] }, 401],
  ] as const)("refuses %s", async ([_what, as, changes, expected]) => {
    const { id } = await makeEvent(db);
    const application = await applyTo(id);

    const answer = await send(`PUT /single/${id}/applications/${application}`, {
      ...(as === undefined ? {} : { as }),
      body: changes,
    });

    expect(answer.statusCode).toBe(expected);
  });

  test("refuses the applicant once applications are closed", async () => {
    const { id } = await makeEvent(db);
    await applyTo(id);
    await db.updateTable("events").set({ application_ends: new Date() }).execute();

    const answer = await send(`PUT /single/${id}/applications/me`, { as: "applicant", body });

    expect(answer.statusCode).toBe(403);
  });
});

describe("GET /boardview/:body", () => {
  test("shows a board the applications from its body with their events, newest first", async () => {
    const first = await makeEvent(db, { name: "first" });
    const second = await makeEvent(db, { name: "second" });
    await applyTo(first.id);
    await applyTo(second.id);
    await send(`POST /single/${first.id}/applications`, {
      as: "otherBoard",
      body: { ...body, body_id: 2 },
    });

    const answer = await send("GET /boardview/1", { as: "board" });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      data: [
        { event: { name: "second" } },
        { event: { name: "first" }, user_id: idOf("applicant") },
      ],
      meta: { count: 2, offset: 0, limit: 500 },
    });
    expect(answer.json().data[0].event).not.toHaveProperty("budget");
  });

  test("pages", async () => {
    const first = await makeEvent(db);
    await applyTo(first.id);
    await applyTo(first.id, "secondApplicant");

    const answer = await send("GET /boardview/1?limit=1&offset=1", { as: "board" });

    expect(answer.json()).toMatchObject({
      data: [{ user_id: idOf("applicant") }],
      meta: { count: 2, offset: 1, limit: 1 },
    });
  });

  test.each([
    ["/boardview/2", "board", 403],
    ["/boardview/1", "otherBoard", 403],
    ["/boardview/1", "applicant", 403],
    ["/boardview/1", undefined, 401],
    ["/boardview/one", "board", 400],
  ] as const)("answers %s to %s with %s", async (url, as, expected) => {
    const answer = await send(`GET ${url}`, as === undefined ? {} : { as });

    expect(answer.statusCode).toBe(expected);
  });
});
