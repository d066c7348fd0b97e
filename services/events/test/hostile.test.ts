import { findUntriedRoutes } from "@myaegee/testing";
import { beforeEach, describe, expect, test } from "vitest";

import { makeEvent, planNewEvent } from "./make-event.ts";
import { idOf } from "./people.ts";
import { startEvents } from "./start-events.ts";

const { app, send, db } = await startEvents();

const application = { body_id: 1, answers: [], agreed_to_privacy_policy: true };

/** Event 1 by `member`, published, with application 1 by `applicant`. */
beforeEach(async () => {
  await makeEvent(db);
  await send("POST /single/1/applications", { as: "applicant", body: application });
});

const everyRoute = [
  ["POST /", planNewEvent()],
  ["GET /mine/organizing", undefined],
  ["GET /mine/participating", undefined],
  ["GET /mine/approvable", undefined],
  ["GET /boardview/1", undefined],
  ["PUT /single/1", { name: "Mine now" }],
  ["DELETE /single/1", undefined],
  ["PUT /single/1/status", { status: "submitted" }],
  ["POST /single/1/upload", undefined],
  ["POST /single/1/applications", application],
  ["GET /single/1/applications", undefined],
  ["GET /single/1/applications/export", undefined],
  ["GET /single/1/applications/1", undefined],
  ["PUT /single/1/applications/1", { answers: [] }],
  ["PUT /single/1/applications/1/status", { status: "accepted" }],
  ["PUT /single/1/applications/1/confirmed", { confirmed: true }],
  ["PUT /single/1/applications/1/attended", { attended: true }],
  ["PUT /single/1/applications/1/comment", { board_comment: "x" }],
] as const;

/** Lists of one's own are empty for a stranger; nothing else answers them. */
const ownLists = new Set([
  "GET /mine/organizing",
  "GET /mine/participating",
  "GET /mine/approvable",
]);

describe("every route but the public ones", () => {
  test("is tried here", async () => {
    const tried = everyRoute.map(([route]) => route);

    expect(await findUntriedRoutes(app, tried)).toEqual([
      "GET /healthcheck",
      "GET /readiness",
      "GET /",
      "GET /single/{event}",
      "GET /single/{event}/picture",
    ]);
  });

  test.each(everyRoute)(
    "%s answers 401 without a token and with a wrong one",
    async (route, body) => {
      const without = await send(route, { body });
      const wrong = await send(route, { body, headers: { "x-auth-token": "wrong" } });

      expect([without.statusCode, wrong.statusCode]).toEqual([401, 401]);
    },
  );

  test.each(everyRoute.filter(([route]) => !ownLists.has(route)))(
    "%s answers 403 to somebody it does not concern, and changes nothing",
    async (route, body) => {
      const before = await readAll();

      const answer = await send(route, { as: "stranger", body });

      expect(answer.statusCode).toBe(403);
      expect(await readAll()).toEqual(before);
    },
  );

  test.each([...ownLists])("%s is empty for somebody it does not concern", async (route) => {
    const answer = await send(route, { as: "stranger" });

    expect(answer.json()).toMatchObject({ data: [], meta: { count: 0 } });
  });
});

function readAll() {
  return Promise.all([
    db.selectFrom("events").selectAll().orderBy("id").execute(),
    db.selectFrom("applications").selectAll().orderBy("id").execute(),
    db.selectFrom("pictures").selectAll().execute(),
  ]);
}

const deep = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;
const json = { "content-type": "application/json" };

describe("what PostgreSQL and JSON readers choke on ends as 4xx", () => {
  test.each([
    ["NUL in a text", { name: "a\u0000b" }, 400],
    [
      "NUL within a list",
      { questions: [{ type: "text", description: "\u0000", required: true }] },
      400,
    ],
    ["half a surrogate pair", { description: "\uD800" }, 400],
    ["half a surrogate pair as a key", { "\uDFFF": 1 }, 400],
    ["a number beyond all numbers", { fee: 1e308 }, 422],
    ["an id beyond all ids", { organizers: [{ user_id: 2 ** 53 }] }, 422],
    ["a date that is a command", { starts: "now()" }, 422],
    ["a prototype", JSON.parse('{"__proto__": {"status": "published"}}'), 400],
  ])("%s", async (_what, changes, expected) => {
    const answer = await send("PUT /single/1", {
      as: "eqac",
      body: JSON.stringify(changes),
      headers: json,
    });

    expect(answer.statusCode).toBe(expected);
  });

  test.each([
    ["no JSON", "{", json, 400],
    ["nothing", "", json, 400],
    ["text", "name=x", { "content-type": "text/plain" }, 415],
    ["a form", "name=x", { "content-type": "application/x-www-form-urlencoded" }, 415],
    ["XML", "<a/>", { "content-type": "application/xml" }, 415],
    ["a list", "[]", json, 422],
    ["null", "null", json, 422],
    ["a number", "5", json, 422],
    ["deep nesting", deep, json, 400],
    ["two megabytes", JSON.stringify({ name: "x".repeat(2_000_000) }), json, 413],
  ] as const)("%s as body", async (...[, body, headers, expected]) => {
    const answer = await send("PUT /single/1", { as: "eqac", body, headers });

    expect(answer.statusCode).toBe(expected);
    expect(answer.json().success).toBe(false);
  });

  test.each([
    ["/?search=%00", 400],
    ["/?search=%ED%A0%80", 200],
    ["/?search=%", 200],
    ["/single/%00", 400],
    ["/single/%E0%A4%A", 400],
    ["/single/1%3Bdrop%20table%20events", 400],
    ["/?type=training'%3B--", 422],
    ["/?limit=1%20union%20select", 422],
    ["/?offset=1e400", 422],
    [`/?search=${"x".repeat(300)}`, 422],
    [`/single/${"x".repeat(500)}`, 414],
    ["/nowhere", 404],
  ])("GET %s", async (url, expected) => {
    const answer = await send(`GET ${url}`);

    expect(answer.statusCode).toBe(expected);
  });

  test("hands a text back exactly as it came, quotes and all", async () => {
    const description = `'); drop table events; -- "\u{1F389} <script>alert(1)</script> \\ %s $1`;

    const answer = await send("PUT /single/1", { as: "eqac", body: { description } });

    expect(answer.json().data.description).toBe(description);
  });
});

test("takes no service for a person", async () => {
  const answer = await send("GET /mine/organizing", {
    headers: { "x-service": "core", "x-service-token": "guessed" },
  });

  expect(answer.statusCode).toBe(401);
});

test("lets nobody apply in somebody else's name through `me`", async () => {
  const answer = await send("PUT /single/1/applications/me", {
    as: "secondApplicant",
    body: application,
  });

  expect(answer.statusCode).toBe(404);
  const owner = await db.selectFrom("applications").select("user_id").executeTakeFirst();
  expect(owner?.user_id).toBe(idOf("applicant"));
});
