import { beforeEach, describe, expect, test } from "vitest";

import {
  applyAs,
  byNumber,
  byText,
  buildAgora,
  buildApplication,
  buildEpm,
  publishEvent,
  readData,
  readOutbox,
} from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, db, clock } = statutory;
const path = "/events/1/applications";

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
});

describe("applying", () => {
  test("answers the application with the identity that core knows", async () => {
    const answer = await send(`POST ${path}`, {
      as: "member",
      body: buildApplication({
        first_name: "Other",
        user_id: 99,
        status: "accepted",
        participant_type: "delegate",
        participant_order: 1,
        board_comment: "Great!",
        confirmed: true,
        cancelled: true,
        is_on_memberslist: true,
        statutory_id: "001-9999",
        anything: "else",
      }),
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().data).toMatchObject({
      statutory_id: "001-0001",
      user_id: 3,
      body_id: 1,
      body_name: "AEGEE-Testburg",
      first_name: "Mara",
      last_name: "Member",
      gender: "female",
      date_of_birth: "2000-02-29",
      status: "pending",
      participant_type: null,
      participant_order: null,
      board_comment: null,
      confirmed: false,
      cancelled: false,
      is_on_memberslist: false,
      answers: ["Because."],
    });
    expect(answer.json().data).not.toHaveProperty("anything");
  });

  test("promises a mail to the applicant and to the boards of the body", async () => {
    await applyAs(statutory, 1, ["member"]);

    expect(await readOutbox(db)).toMatchObject([
      {
        template: "statutory_applied",
        subject: "You've successfully applied for Agora Testburg",
        recipients: ["member@example.org"],
        parameters: { event: { name: "Agora Testburg" }, application: { first_name: "Mara" } },
      },
      { template: "statutory_board_applied", recipients: ["board@example.org"] },
    ]);
  });

  test.each([
    ["nobody", undefined, 401],
    ["a service", "service", 403],
    ["who is no member of the body", "stranger", 403],
  ])("is refused to %s", async (_, as, status) => {
    const request = { body: buildApplication(), ...(as === undefined ? {} : { as }) };

    expect((await send(`POST ${path}`, request)).statusCode).toBe(status);
    expect(await readOutbox(db)).toEqual([]);
  });

  test("is refused from a body that may send nobody", async () => {
    const answer = await send(`POST ${path}`, {
      as: "committeeMember",
      body: buildApplication({ body_id: 3 }),
    });

    expect(answer.statusCode).toBe(403);
    expect(answer.json().message).toMatch(/cannot send any participants/);
  });

  test("works from such a body once it has a limit of its own", async () => {
    const limit = { body_id: 3, delegate: 0, envoy: 0, observer: 0, visitor: 1 };
    await send("POST /limits/agora", { as: "chair", body: limit });

    const answer = await send(`POST ${path}`, {
      as: "committeeMember",
      body: buildApplication({ body_id: 3 }),
    });

    expect(answer.statusCode).toBe(200);
  });

  test("is 404 for an event that is a draft or does not exist", async () => {
    await send("PUT /events/1/status", { as: "chair", body: { status: "draft" } });

    const body = buildApplication();
    expect((await send(`POST ${path}`, { as: "member", body })).statusCode).toBe(404);
    expect((await send("POST /events/9/applications", { as: "member", body })).statusCode).toBe(
      404,
    );
  });

  test("ends with the period, but not for those who may apply any time", async () => {
    clock.now = new Date(Date.now() + 8 * 24 * 60 * 60 * 1000);
    const body = buildApplication();

    expect((await send(`POST ${path}`, { as: "member", body })).statusCode).toBe(403);
    expect((await send(`POST ${path}`, { as: "late", body })).statusCode).toBe(200);
    expect((await send(`POST ${path}`, { as: "chair", body })).statusCode).toBe(200);
  });

  test.each([
    ["answers", { answers: [] }],
    ["answers", { answers: [" "] }],
    ["answers", { answers: "Because." }],
    ["answers", { answers: undefined }],
    ["meals", { meals: "Fish" }],
    ["nationality", { nationality: "" }],
    ["number_of_events_visited", { number_of_events_visited: -1 }],
    ["visa_city", { visa_required: true }],
    ["body_id", { body_id: "1 or 1=1" }],
  ])("names the field %s for %j", async (field, change) => {
    const answer = await send(`POST ${path}`, { as: "member", body: buildApplication(change) });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toContain(field);
  });

  test.each(["\u0000", "\ud800"])("refuses text that no database takes: %j", async (text) => {
    const body = JSON.stringify(buildApplication({ answers: [text] }));

    expect((await send(`POST ${path}`, { as: "member", body })).statusCode).toBe(400);
  });

  test("takes odd but honest text as it is", async () => {
    const nationality = "'); drop table applications; -- 🎉";
    await send(`POST ${path}`, { as: "member", body: buildApplication({ nationality }) });

    expect(readData(await send(`GET ${path}/me`, { as: "member" })).nationality).toBe(nationality);
  });

  test("works once, also when the same person applies many times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () =>
        send(`POST ${path}`, { as: "member", body: buildApplication() }),
      ),
    );

    expect(answers.map(({ statusCode }) => statusCode).toSorted(byNumber)).toEqual([
      200, 422, 422, 422, 422,
    ]);
    expect(await readOutbox(db)).toHaveLength(2);
  });

  test("gives each of sixty applicants at once a statutory id of their own, without a gap", async () => {
    const crowd = Array.from({ length: 60 }, (_, index) => `crowd${index}`);

    const answers = await Promise.all(
      crowd.map((as) => send(`POST ${path}`, { as, body: buildApplication() })),
    );

    const ids = answers.map((answer) => readData(answer).statutory_id).toSorted(byText);
    expect(ids).toEqual(crowd.map((_, index) => `001-${String(index + 1).padStart(4, "0")}`));
  });

  test("counts the ids of each event apart", async () => {
    await publishEvent(statutory, buildEpm());
    await applyAs(statutory, 1, ["member", "second"]);

    const [application] = await applyAs(statutory, 2, ["third"]);

    expect(application.statutory_id).toBe("002-0001");
  });
});

describe("one application", () => {
  beforeEach(async () => {
    await applyAs(statutory, 1, ["member"]);
  });

  test.each(["me", "1", "001-0001"])("is found as %s", async (reference) => {
    const data = readData(await send(`GET ${path}/${reference}`, { as: "member" }));

    expect(data).toMatchObject({ id: 1, permissions: { edit_application: true, apply: true } });
  });

  test.each([
    [undefined, 401],
    ["second", 403],
    ["stranger", 403],
    ["otherBoard", 403],
    ["epmChair", 403],
    ["jc", 403],
    ["board", 200],
    ["host", 200],
    ["chair", 200],
  ])("is shown to %s with %i", async (as, status) => {
    expect((await send(`GET ${path}/1`, as === undefined ? {} : { as })).statusCode).toBe(status);
  });

  test.each(["2", "me", "001-0009", "9999999999", "x"])(
    "is 404 as %s to others",
    async (reference) => {
      expect((await send(`GET ${path}/${reference}`, { as: "second" })).statusCode).toBe(404);
    },
  );

  test("is not found under another event", async () => {
    await publishEvent(statutory, buildEpm());

    expect((await send("GET /events/2/applications/1", { as: "chair" })).statusCode).toBe(404);
  });
});

describe("editing", () => {
  beforeEach(async () => {
    await applyAs(statutory, 1, ["member", "traveller"]);
  });

  test("changes what was filled in and nothing else", async () => {
    const answer = await send(`PUT ${path}/me`, {
      as: "member",
      body: {
        meals: "Vegetarian",
        status: "accepted",
        user_id: 9,
        first_name: "X",
        confirmed: true,
      },
    });

    expect(answer.json().data).toMatchObject({
      meals: "Vegetarian",
      nationality: "Testlandish",
      status: "pending",
      user_id: 3,
      first_name: "Mara",
      confirmed: false,
    });
  });

  test("promises mails", async () => {
    await send(`PUT ${path}/me`, { as: "member", body: { meals: "Vegetarian" } });

    const mails = await readOutbox(db);
    expect(mails.slice(4)).toMatchObject([
      { template: "statutory_board_edited", recipients: ["board@example.org"] },
      { template: "statutory_edited", recipients: ["member@example.org"] },
    ]);
  });

  test.each([
    [undefined, 401],
    ["second", 403],
    ["board", 403],
    ["host", 403],
    ["late", 200],
    ["chair", 200],
  ])("is answered to %s with %i", async (as, status) => {
    const request = { body: { meals: "Vegan" }, ...(as === undefined ? {} : { as }) };

    expect((await send(`PUT ${path}/1`, request)).statusCode).toBe(status);
  });

  test("of one's own ends with the period", async () => {
    clock.now = new Date(Date.now() + 8 * 24 * 60 * 60 * 1000);
    const request = { body: { meals: "Vegan" } };

    expect((await send(`PUT ${path}/me`, { as: "member", ...request })).statusCode).toBe(403);
    expect((await send(`PUT ${path}/1`, { as: "chair", ...request })).statusCode).toBe(200);
  });

  test("keeps answers and visa form complete", async () => {
    const answers = await send(`PUT ${path}/me`, { as: "member", body: { answers: [] } });
    const visa = await send(`PUT ${path}/me`, { as: "member", body: { visa_required: true } });

    expect(answers.json().errors).toHaveProperty("answers");
    expect(visa.json().errors).toHaveProperty("visa_embassy");
  });

  test("to another body of one's own takes away what the old board gave", async () => {
    await send(`PUT ${path}/2/board`, {
      as: "board",
      body: { participant_type: "visitor", participant_order: 1, board_comment: "Nice." },
    });

    const answer = await send(`PUT ${path}/me`, { as: "traveller", body: { body_id: 2 } });

    expect(answer.json().data).toMatchObject({
      body_id: 2,
      body_name: "AEGEE-Musterstad",
      participant_type: null,
      participant_order: null,
      board_comment: null,
    });
  });

  test("of the form while one moves to another body keeps the move", async () => {
    await Promise.all([
      send(`PUT ${path}/me`, { as: "traveller", body: { body_id: 2 } }),
      send(`PUT ${path}/me`, { as: "traveller", body: { meals: "Vegetarian" } }),
    ]);

    const application = readData(await send(`GET ${path}/me`, { as: "traveller" }));
    expect(application).toMatchObject({ body_id: 2, meals: "Vegetarian" });
  });

  test("to a body of others is refused, to the applicant and to managers", async () => {
    const body = { body_id: 2 };

    expect((await send(`PUT ${path}/me`, { as: "member", body })).statusCode).toBe(403);
    expect((await send(`PUT ${path}/1`, { as: "chair", body })).statusCode).toBe(403);
    expect((await send(`PUT ${path}/2`, { as: "chair", body })).statusCode).toBe(200);
  });

  test("to a body of one's own that may send nobody is refused", async () => {
    const nobody = { body_id: 2, delegate: 0, envoy: 0, observer: 0, visitor: 0 };
    await send("POST /limits/agora", { as: "chair", body: nobody });

    const answer = await send(`PUT ${path}/me`, { as: "traveller", body: { body_id: 2 } });

    expect([answer.statusCode, answer.json()]).toEqual([
      403,
      {
        success: false,
        message: "AEGEE-Musterstad cannot send any participants to this event.",
      },
    ]);
    expect(readData(await send(`GET ${path}/me`, { as: "traveller" }))).toMatchObject({
      body_id: 1,
    });
  });
});
