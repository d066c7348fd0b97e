import { describe, expect, test } from "vitest";

import { daysFromNow, makeEvent } from "./make-event.ts";
import { readOutbox } from "./outbox.ts";
import { startEvents } from "./start-events.ts";

const { send, db, core } = await startEvents();

describe("GET /single/:event", () => {
  test("shows a published event to a stranger, with nothing that they may do but apply", async () => {
    const { id } = await makeEvent(db, { url: "my-event" });

    const answer = await send("GET /single/my-event");

    expect(answer.statusCode).toBe(200);
    const { data, permissions } = answer.json();
    expect(data).toMatchObject({ id, name: "Training" });
    expect(data).not.toHaveProperty("budget");
    expect(data).not.toHaveProperty("organizers");
    expect(permissions).toMatchObject({
      see_event: true,
      apply: true,
      edit_event: false,
      delete_event: false,
      list_applications: false,
      change_status: { draft: false, submitted: false, published: false },
      approve_event: { training: false, nwm: false, conference: false, cultural: false },
    });
  });

  test("finds an event by slug in any case", async () => {
    const { id } = await makeEvent(db, { url: "my-event" });

    expect((await send("GET /single/My-Event")).json().data.id).toBe(id);
  });

  test("takes a slash at the end, as the real clients write it", async () => {
    await makeEvent(db, { url: "my-event" });

    expect((await send("GET /single/my-event/")).statusCode).toBe(200);
    expect((await send("GET /mine/organizing/", { as: "member" })).statusCode).toBe(200);
  });

  test("tells an organiser everything, also of a draft", async () => {
    const { id } = await makeEvent(db, { status: "draft" });

    const { data, permissions } = (await send(`GET /single/${id}`, { as: "member" })).json();

    expect(data).toMatchObject({ budget: "budget", organizers: [{ user_id: 3 }], deleted: false });
    expect(permissions).toMatchObject({
      edit_event: true,
      list_applications: true,
      change_status: { draft: false, submitted: true, published: false },
      see_boardview: { 1: false },
    });
  });

  test.for([
    ["an approver", "eqac", "training", 200],
    ["an approver without manage_event", "eqac", "nwm", 200],
    ["a manager without approve_event", "nwmManager", "nwm", 200],
    ["a manager of another type", "nwmManager", "training", 403],
    ["a member", "applicant", "training", 403],
  ] as const)("answers %s of a submitted event", async ([_who, as, type, status]) => {
    const { id } = await makeEvent(db, { status: "submitted", type });

    expect((await send(`GET /single/${id}`, { as })).statusCode).toBe(status);
  });

  test("asks a stranger to log in when the event is not public", async () => {
    const { id } = await makeEvent(db, { status: "draft" });

    expect((await send(`GET /single/${id}`)).statusCode).toBe(401);
  });

  test("serves published events as to a stranger while core is away", async () => {
    const { id } = await makeEvent(db);
    core.breakDown();

    const answer = await send(`GET /single/${id}`, { as: "newcomer" });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().permissions.list_applications).toBe(false);
  });

  test("answers 404 to what there is not, and 400 to what is no id", async () => {
    expect((await send("GET /single/12345")).statusCode).toBe(404);
    expect((await send("GET /single/no-such-event")).statusCode).toBe(404);
    expect((await send("GET /single/..%2F..%2Fetc%2Fpasswd")).statusCode).toBe(400);
    expect((await send("GET /single/99999999999999999999")).statusCode).toBe(400);
    expect((await send("GET /single/1'%20or%20'1'='1")).statusCode).toBe(400);
  });
});

describe("PUT /single/:event", () => {
  test("lets an organiser change a draft, and tells the organisers", async () => {
    const { id } = await makeEvent(db, { status: "draft" });

    const answer = await send(`PUT /single/${id}`, {
      as: "member",
      body: { description: "New.", locations: [{ name: "Here", position: { lat: 1, lng: 2 } }] },
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().data).toMatchObject({
      description: "New.",
      name: "Training",
      locations: [{ name: "Here", position: { lat: 1, lng: 2 } }],
      organizers: [{ user_id: 3 }],
    });
    expect(await readOutbox(db)).toMatchObject([
      { template: "events_event_updated", recipients: ["member@example.org"] },
    ]);
  });

  test("takes the whole event back as it was shown, and changes nothing that is not writable", async () => {
    const { id } = await makeEvent(db, { status: "draft" });
    const shown = (await send(`GET /single/${id}`, { as: "member" })).json().data;

    const answer = await send(`PUT /single/${id}`, {
      as: "member",
      body: { ...shown, id: 99, status: "published", deleted: true, image: "x.png" },
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().data).toMatchObject({ id, status: "draft", deleted: false, image: null });
  });

  test("fetches the names of new organisers and bodies", async () => {
    const { id } = await makeEvent(db, { status: "draft" });

    const answer = await send(`PUT /single/${id}`, {
      as: "member",
      body: {
        organizers: [{ user_id: 2 }, { user_id: 2, comment: "cook" }],
        organizing_bodies: [{ body_id: 2 }, { body_id: 2 }],
      },
    });

    expect(answer.json().data).toMatchObject({
      // Named twice, they are one all the same.
      organizers: [{ user_id: 2, first_name: "Mara", comment: "cook" }],
      organizing_bodies: [{ body_id: 2, body_name: "AEGEE-Musterstad" }],
    });
    expect(await readOutbox(db)).toMatchObject([{ recipients: ["board@example.org"] }]);
  });

  test.for([
    ["an organiser", "member", "submitted", 403],
    ["an organiser", "member", "published", 403],
    ["a manager", "eqac", "published", 200],
    ["somebody else", "applicant", "draft", 403],
  ] as const)("answers %s (%s) of a %s event", async ([_who, as, status, expected]) => {
    const { id } = await makeEvent(db, { status });

    const answer = await send(`PUT /single/${id}`, { as, body: { name: "New" } });

    expect(answer.statusCode).toBe(expected);
  });

  test("lets no manager move an event to a type that they do not manage", async () => {
    const { id } = await makeEvent(db, { type: "training" });

    const refused = await send(`PUT /single/${id}`, { as: "eqac", body: { type: "nwm" } });
    const allowed = await send(`PUT /single/${id}`, { as: "eqac", body: { type: "cultural" } });

    expect(refused.statusCode).toBe(403);
    expect(allowed.statusCode).toBe(200);
  });

  test.each([
    ["ends", { ends: "sometime" }],
    ["ends", { ends: daysFromNow(9) }],
    ["application_ends", { application_ends: daysFromNow(11) }],
    ["organizers", { organizers: [] }],
    ["body", {}],
    ["body", { status: "published" }],
    ["name", { name: "" }],
  ])("answers 422 with %s for %j", async (field, body) => {
    const { id } = await makeEvent(db, { status: "draft" });

    const answer = await send(`PUT /single/${id}`, { as: "member", body });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toEqual([field]);
  });

  test("keeps budget and programme once an event is no draft", async () => {
    const { id } = await makeEvent(db);

    const answer = await send(`PUT /single/${id}`, {
      as: "eqac",
      body: { budget: null, programme: " " },
    });

    expect(answer.json().errors).toMatchObject({
      budget: [expect.any(String)],
      programme: [expect.any(String)],
    });
  });

  test("refuses a slug that another event has", async () => {
    await makeEvent(db, { url: "taken" });
    const { id } = await makeEvent(db, { status: "draft" });

    const answer = await send(`PUT /single/${id}`, { as: "member", body: { url: "Taken" } });

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toHaveProperty("url");
  });

  test("changes nothing and promises no mail while core is away", async () => {
    const { id } = await makeEvent(db, { status: "draft" });
    await send(`GET /single/${id}`, { as: "member" });
    core.breakDown();

    const answer = await send(`PUT /single/${id}`, { as: "member", body: { name: "New" } });

    expect(answer.statusCode).toBe(503);
    expect(await readOutbox(db)).toEqual([]);
  });

  test("needs a token", async () => {
    const { id } = await makeEvent(db, { status: "draft" });

    expect((await send(`PUT /single/${id}`, { body: { name: "New" } })).statusCode).toBe(401);
  });
});

describe("DELETE /single/:event", () => {
  test("hides the event from lists and strangers, not from its organiser", async () => {
    const { id } = await makeEvent(db);

    const answer = await send(`DELETE /single/${id}`, { as: "eqac" });

    expect(answer.statusCode).toBe(200);
    expect((await send("GET /")).json().data).toEqual([]);
    expect((await send(`GET /single/${id}`, { as: "applicant" })).statusCode).toBe(403);
    const { data, permissions } = (await send(`GET /single/${id}`, { as: "member" })).json();
    expect(data.deleted).toBe(true);
    expect(permissions).toMatchObject({
      edit_event: false,
      apply: false,
      approve_participants: false,
    });
  });

  test("leaves a deleted event as it is", async () => {
    const { id } = await makeEvent(db, { deleted: true });

    const answers = [
      await send(`DELETE /single/${id}`, { as: "eqac" }),
      await send(`PUT /single/${id}`, { as: "eqac", body: { name: "New" } }),
      await send(`PUT /single/${id}/status`, { as: "eqac", body: { status: "submitted" } }),
      await send(`POST /single/${id}/applications`, {
        as: "applicant",
        body: { body_id: 1, answers: [], agreed_to_privacy_policy: true },
      }),
    ];

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
  });

  test.each([
    ["member", 403],
    ["applicant", 403],
    ["nwmManager", 403],
    [undefined, 401],
  ] as const)("answers %s with %s", async (as, expected) => {
    const { id } = await makeEvent(db);

    const answer = await send(`DELETE /single/${id}`, as === undefined ? {} : { as });

    expect(answer.statusCode).toBe(expected);
  });
});
