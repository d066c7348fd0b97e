import { beforeEach, describe, expect, test } from "vitest";

import {
  byNumber,
  buildAgora,
  buildCandidate,
  buildEpm,
  buildPosition,
  inDays,
  publishEvent,
  readData,
  readOutbox,
} from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, db, clock, queries } = statutory;
const path = "/events/1/positions";
const candidates = `${path}/1/candidates`;
const after = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
});

describe("positions", () => {
  test("open and close by the clock alone", async () => {
    await send(`POST ${path}`, {
      as: "jc",
      body: buildPosition({ starts: inDays(1), ends: inDays(3), status: "open", deleted: true }),
    });
    const readStatus = async () => readData(await send(`GET ${path}`, { as: "member" }))[0].status;

    expect(await readStatus()).toBe("closed");
    clock.now = after(2);
    expect(await readStatus()).toBe("open");
    clock.now = after(4);
    expect(await readStatus()).toBe("closed");
  });

  test("obey the hand before the clock, until it is given back", async () => {
    await send(`POST ${path}`, { as: "jc", body: buildPosition() });
    const setStatus = async (status: string | null) =>
      readData(await send(`PUT ${path}/1/status`, { as: "jc", body: { status } })).status;

    expect(await setStatus("closed")).toBe("closed");
    expect(await setStatus("open")).toBe("open");
    clock.now = after(20);
    expect(await setStatus("open")).toBe("open");
    expect(await setStatus(null)).toBe("closed");
  });

  test("are written by those who manage candidates", async () => {
    await send(`POST ${path}`, { as: "jc", body: buildPosition() });
    const routes = [`POST ${path}`, `PUT ${path}/1`, `PUT ${path}/1/status`, `DELETE ${path}/1`];

    const asMember = await Promise.all(
      routes.map((route) =>
        send(route, {
          as: "member",
          ...(route.startsWith("DELETE") ? {} : { body: buildPosition({ status: "open" }) }),
        }),
      ),
    );
    const asNobody = await Promise.all(routes.map((route) => send(route)));

    expect(asMember.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 403]);
    expect(asNobody.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401, 401]);
  });

  test("are edited and deleted", async () => {
    await send(`POST ${path}`, { as: "jc", body: buildPosition() });
    const edited = await send(`PUT ${path}/1`, {
      as: "jc",
      body: { name: "Treasurer", event_id: 9 },
    });
    const deleted = await send(`DELETE ${path}/1`, { as: "jc" });

    expect(readData(edited)).toMatchObject({ name: "Treasurer", event_id: 1, places: 1 });
    expect(deleted.statusCode).toBe(200);
    expect(readData(await send(`GET ${path}`, { as: "member" }))).toEqual([]);
    expect((await send(`PUT ${path}/1`, { as: "jc", body: {} })).statusCode).toBe(404);
  });

  test.each([
    ["name", { name: "" }],
    ["places", { places: 0 }],
    ["ends", { ends: inDays(-2) }],
    ["ends_force", { ends_force: inDays(9) }],
    ["end_term", { start_term: inDays(40), end_term: inDays(39) }],
    ["starts", { starts: "9999-12-31T23:59:59Z" }],
  ])("name the field %s for %j", async (field, change) => {
    const answer = await send(`POST ${path}`, { as: "jc", body: buildPosition(change) });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toContain(field);
  });

  test("exist at an Agora only", async () => {
    await publishEvent(statutory, buildEpm());

    const answer = await send("GET /events/2/positions", { as: "member" });

    expect(answer.statusCode).toBe(400);
  });
});

describe("candidates", () => {
  beforeEach(async () => {
    await send(`POST ${path}`, { as: "jc", body: buildPosition() });
  });

  test("run with the identity that core knows, and the commission is told", async () => {
    const answer = await send(`POST ${candidates}`, {
      as: "member",
      body: buildCandidate({
        first_name: "X",
        email: "x@example.org",
        status: "approved",
        user_id: 1,
      }),
    });

    expect(readData(answer)).toMatchObject({
      user_id: 3,
      first_name: "Mara",
      email: "member@example.org",
      body_name: "AEGEE-Testburg",
      date_of_birth: "2000-02-29",
      status: "pending",
      languages: ["English"],
    });
    expect(await readOutbox(db)).toMatchObject([
      {
        template: "candidate_applied",
        recipients: ["jc@example.org"],
        parameters: { candidate: { first_name: "Mara" }, position: { name: "President" } },
      },
    ]);
  });

  test.each([
    [undefined, {}, 401],
    ["stranger", {}, 403],
    ["member", { body_id: 2 }, 403],
    ["member", { agreed_to_privacy_policy: false }, 422],
    ["member", { languages: [] }, 422],
    ["member", { languages: [" "] }, 422],
    ["member", { motivation: "" }, 422],
    ["member", { member_since: "long ago" }, 422],
  ])("as %s with %j are answered with %i", async (as, change, status) => {
    const request = { body: buildCandidate(change), ...(as === undefined ? {} : { as }) };

    expect((await send(`POST ${candidates}`, request)).statusCode).toBe(status);
  });

  test("run while the position is open; those who manage may add later ones", async () => {
    clock.now = after(11);

    const member = await send(`POST ${candidates}`, { as: "member", body: buildCandidate() });
    const manager = await send(`POST ${candidates}`, { as: "jc", body: buildCandidate() });

    expect([member.statusCode, manager.statusCode]).toEqual([403, 200]);
  });

  test("run once for a position, also when they ask many times at once", async () => {
    const answers = await Promise.all(
      Array.from({ length: 4 }, () =>
        send(`POST ${candidates}`, { as: "member", body: buildCandidate() }),
      ),
    );

    expect(answers.map(({ statusCode }) => statusCode).toSorted(byNumber)).toEqual([
      200, 422, 422, 422,
    ]);
    expect(await readOutbox(db)).toHaveLength(1);
  });

  test("are seen and edited by themselves while pending, and by those who manage", async () => {
    await send(`POST ${candidates}`, { as: "member", body: buildCandidate() });
    const edit = (as: string) =>
      send(`PUT ${candidates}/1`, { as, body: { program: "New", status: "approved" } });

    expect((await send(`GET ${candidates}/1`, { as: "second" })).statusCode).toBe(403);
    expect((await send(`GET ${candidates}/1`, { as: "member" })).statusCode).toBe(200);
    expect((await send(`GET ${candidates}/9`, { as: "jc" })).statusCode).toBe(404);
    expect((await edit("second")).statusCode).toBe(403);
    expect(readData(await edit("member"))).toMatchObject({ program: "New", status: "pending" });
    await send(`PUT ${candidates}/1/status`, { as: "jc", body: { status: "approved" } });
    expect((await edit("member")).statusCode).toBe(403);
    expect((await edit("jc")).statusCode).toBe(200);
  });

  test("are decided on by those who manage", async () => {
    await send(`POST ${candidates}`, { as: "member", body: buildCandidate() });
    const decide = (as: string, status: string) =>
      send(`PUT ${candidates}/1/status`, { as, body: { status } });

    expect((await decide("member", "approved")).statusCode).toBe(403);
    expect((await decide("jc", "elected")).statusCode).toBe(422);
    expect(readData(await decide("jc", "rejected")).status).toBe("rejected");
    expect(
      (await send(`PUT ${candidates}/1/status`, { body: { status: "approved" } })).statusCode,
    ).toBe(401);
  });

  test("are shown to the public as far as they are approved", async () => {
    await send(`POST ${candidates}`, { as: "member", body: buildCandidate() });
    await send(`POST ${candidates}`, { as: "second", body: buildCandidate() });
    await send(`POST ${candidates}`, { as: "third", body: buildCandidate() });
    await send(`PUT ${candidates}/1/status`, { as: "jc", body: { status: "approved" } });
    await send(`PUT ${candidates}/2/status`, { as: "jc", body: { status: "rejected" } });

    const [publicly] = readData(await send(`GET ${path}/approved`, { as: "stranger" }));
    const [all] = readData(await send(`GET ${path}/all`, { as: "jc" }));

    expect(publicly.candidates).toHaveLength(2);
    expect(publicly.candidates[0]).toMatchObject({ id: 1, program: "A long story." });
    expect(publicly.candidates[0]).not.toHaveProperty("email");
    expect(Object.keys(publicly.candidates[1]).toSorted()).toEqual([
      "body_name",
      "created_at",
      "first_name",
      "id",
      "last_name",
      "status",
    ]);
    expect(all.candidates).toHaveLength(3);
    expect((await send(`GET ${path}/all`, { as: "member" })).statusCode).toBe(403);
  });

  test("find their own candidatures, in a fixed number of queries", async () => {
    await send(`POST ${path}`, { as: "jc", body: buildPosition({ name: "Treasurer" }) });
    await send(`POST ${candidates}`, { as: "member", body: buildCandidate() });
    await send(`POST ${path}/2/candidates`, { as: "member", body: buildCandidate() });
    await send(`POST ${candidates}`, { as: "second", body: buildCandidate() });

    const own = readData(await send(`GET ${path}/candidates/mine`, { as: "member" }));
    const counted = await queries.during(() => send(`GET ${path}/all`, { as: "jc" }));

    expect(own).toMatchObject([
      { user_id: 3, position: { name: "President" } },
      { user_id: 3, position: { name: "Treasurer" } },
    ]);
    expect(counted).toHaveLength(6);
  });
});
