import { strFromU8, unzipSync } from "fflate";
import { describe, expect, test } from "vitest";

import { makeEvent } from "./make-event.ts";
import { readOutbox } from "./outbox.ts";
import type { Person } from "./people.ts";
import { countStatuses, startEvents } from "./start-events.ts";

const { send, db } = await startEvents();

/** A published event by `member` with one application by `applicant`, from body 1; both have id 1. */
async function makeApplication(
  state: { status?: "pending" | "accepted"; confirmed?: boolean; attended?: boolean } = {},
) {
  const { id } = await makeEvent(db);
  const body = { body_id: 1, answers: [], agreed_to_privacy_policy: true };
  await send(`POST /single/${id}/applications`, { as: "applicant", body });
  await db
    .updateTable("applications")
    .set({ status: "pending", ...state })
    .execute();
}

function change(what: string, as: Person | undefined, body: object) {
  return send(`PUT /single/1/applications/1/${what}`, {
    ...(as === undefined ? {} : { as }),
    body,
  });
}

test("leads an application from pending to attended", async () => {
  await makeApplication();

  const answers = [
    await change("status", "member", { status: "accepted" }),
    await change("confirmed", "member", { confirmed: true }),
    await change("attended", "eqac", { attended: true }),
  ];

  expect(countStatuses(answers)).toEqual({ 200: 3 });
  expect(answers[2]?.json().data).toMatchObject({
    status: "accepted",
    confirmed: true,
    attended: true,
  });
});

describe.each([
  ["status", { status: "accepted" }],
  ["confirmed", { confirmed: true }],
  ["attended", { attended: true }],
])("PUT …/%s", (what, body) => {
  test.each([
    ["member", 200],
    ["eqac", 200],
    ["applicant", 403],
    ["secondApplicant", 403],
    ["board", 403],
    ["nwmManager", 403],
    [undefined, 401],
  ] as const)("answers %s with %s", async (as, expected) => {
    await makeApplication({ status: "accepted", confirmed: what === "attended" });

    expect((await change(what, as, body)).statusCode).toBe(expected);
  });

  test("answers 404 where there is no such application", async () => {
    await makeApplication();

    const answer = await send(`PUT /single/1/applications/99/${what}`, { as: "member", body });

    expect(answer.statusCode).toBe(404);
  });

  test("answers 422 to a value of another kind", async () => {
    await makeApplication();

    const answer = await change(what, "member", { [what]: "maybe" });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toEqual([what]);
  });
});

test.each([
  ["confirmed", { confirmed: true }, {}],
  ["attended", { attended: true }, { status: "accepted" }],
  ["confirmed", { confirmed: false }, { status: "accepted", confirmed: true, attended: true }],
  ["status", { status: "rejected" }, { status: "accepted", confirmed: true }],
] as const)("answers 422 to %s %j when the application is %j", async (what, body, state) => {
  await makeApplication(state);

  const answer = await change(what, "member", body);

  expect(answer.statusCode).toBe(422);
  expect(Object.keys(answer.json().errors)).toEqual([what]);
});

test("never ends with an attendance that is not confirmed, however the two race", async () => {
  await makeApplication({ status: "accepted", confirmed: true });

  const answers = await Promise.all([
    change("attended", "member", { attended: true }),
    change("confirmed", "member", { confirmed: false }),
  ]);

  expect(countStatuses(answers)).toEqual({ 200: 1, 422: 1 });
});

describe("PUT …/comment", () => {
  test("keeps what the board of the applicant's body says, and sends no mail", async () => {
    await makeApplication();
    const before = await readOutbox(db);

    const answer = await change("comment", "board", { board_comment: "Very active." });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().data.board_comment).toBe("Very active.");
    expect(await readOutbox(db)).toEqual(before);
  });

  test.each([
    ["the board of another body", "otherBoard", 403],
    ["an organiser", "member", 403],
    ["a manager", "eqac", 403],
    ["the applicant", "applicant", 403],
    ["nobody in particular", undefined, 401],
  ] as const)("refuses %s", async (_who, as, expected) => {
    await makeApplication();

    expect((await change("comment", as, { board_comment: "x" })).statusCode).toBe(expected);
  });

  test("answers 422 to what is no text", async () => {
    await makeApplication();

    expect((await change("comment", "board", { board_comment: 5 })).statusCode).toBe(422);
  });
});

describe("GET /single/:event/applications", () => {
  test("lists applications in the order they came, by pages", async () => {
    await makeApplication();
    const body = { body_id: 1, answers: [], agreed_to_privacy_policy: true };
    await send("POST /single/1/applications", { as: "secondApplicant", body });

    const all = await send("GET /single/1/applications", { as: "member" });
    const second = await send("GET /single/1/applications?limit=1&offset=1", { as: "eqac" });

    expect(all.json()).toMatchObject({ data: [{ id: 1 }, { id: 2 }], meta: { count: 2 } });
    expect(second.json()).toMatchObject({
      data: [{ id: 2 }],
      meta: { count: 2, offset: 1, limit: 1 },
    });
  });

  test("gives clients that know no pages everybody who applied, and the board all of its members", async () => {
    const { id } = await makeEvent(db);
    const applicant = {
      event_id: id,
      body_id: 1,
      body_name: "AEGEE-Testburg",
      first_name: "Some",
      last_name: "Body",
      email: "somebody@example.org",
      answers: "[]",
      agreed_to_privacy_policy: true,
    };
    const crowd = Array.from({ length: 120 }, (_, index) => ({
      ...applicant,
      user_id: 100 + index,
    }));
    await db.insertInto("applications").values(crowd).execute();

    const all = await send("GET /single/1/applications", { as: "member" });
    const ofBoard = await send("GET /boardview/1", { as: "board" });

    expect([all.json().data.length, ofBoard.json().data.length]).toEqual([120, 120]);
  });

  test.each([
    ["applicant", 403],
    ["board", 403],
    [undefined, 401],
  ] as const)("answers %s with %s, as JSON and as CSV", async (as, expected) => {
    await makeApplication();
    const who = as === undefined ? {} : { as };

    const json = await send("GET /single/1/applications", who);
    const csv = await send("GET /single/1/applications", {
      ...who,
      headers: { accept: "text/csv" },
    });

    expect([json.statusCode, csv.statusCode]).toEqual([expected, expected]);
  });

  test("answers a table of all to whoever accepts CSV, and nothing in it runs as a formula", async () => {
    const { id } = await makeEvent(db, {
      questions: [
        { type: "text", description: "Why, and how?", required: true },
        { type: "checkbox", description: "Vegan?", required: false },
      ],
    });
    await send(`POST /single/${id}/applications`, {
      as: "applicant",
      body: { body_id: 1, answers: ['=HYPERLINK("x")', true], agreed_to_privacy_policy: true },
    });
    await db.updateTable("applications").set({ email: "old@example.org" }).execute();

    const answer = await send(`GET /single/${id}/applications`, {
      as: "member",
      headers: { accept: "text/csv, application/json;q=0.5" },
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    expect(answer.headers["content-disposition"]).toContain("attachment");
    const [header = "", row = ""] = answer.body.trimEnd().split("\n");
    expect(header).toBe(
      "\u{FEFF}User ID,Body ID,Body name,First name,Last name,Email,Status,Confirmed,Attended,Board comment,Created at,Updated at," +
        '"Answer 1: Why, and how?",Answer 2: Vegan?',
    );
    expect(row).toMatch(/^20,1,AEGEE-Testburg,Mara,Member,applicant@example\.org,pending,No,No,,/);
    expect(row).toMatch(/,"'=HYPERLINK\(""x""\)",Yes$/);
  });
});

describe("GET /single/:event/applications/export", () => {
  test("answers a workbook that holds what applicants wrote as text", async () => {
    await makeEvent(db, { questions: [{ type: "text", description: "Why?", required: true }] });
    await send("POST /single/1/applications", {
      as: "applicant",
      body: { body_id: 1, answers: ["=1+1 \u0001 & <b>"], agreed_to_privacy_policy: true },
    });

    const answer = await send("GET /single/1/applications/export", { as: "member" });

    expect(answer.statusCode).toBe(200);
    expect(answer.headers["content-type"]).toContain("spreadsheetml.sheet");
    const sheet = Object.entries(unzipSync(answer.rawPayload))
      .map(([, content]) => strFromU8(content))
      .join("");
    expect(sheet).toContain("=1+1   &amp; &lt;b&gt;");
    expect(sheet).toContain("applicant@example.org");
    expect(sheet).not.toContain("<f>");
  });

  test.each([
    ["applicant", 403],
    ["board", 403],
    [undefined, 401],
  ] as const)("answers %s with %s", async (as, expected) => {
    await makeApplication();

    const answer = await send("GET /single/1/applications/export", as === undefined ? {} : { as });

    expect(answer.statusCode).toBe(expected);
  });
});
