import { beforeEach, describe, expect, test } from "vitest";

import {
  applyAs,
  buildAgora,
  buildEpm,
  buildMembersList,
  publishEvent,
  readData,
  readOutbox,
  setColumns,
} from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, db, clock, queries } = statutory;
const path = "/events/1/memberslists";
const inDays = (days: number) => new Date(Date.now() + days * 24 * 60 * 60 * 1000);

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
});

describe("handing in a members list", () => {
  test("answers what each member and the body owe", async () => {
    const members = [
      { first_name: " Ada ", last_name: "Berg", user_id: 3, fee: 40, fee_to_aegee: 0 },
      { first_name: "Ben", last_name: "Costa", fee: 8 },
    ];

    const answer = await send(`POST ${path}/1`, {
      as: "board",
      body: {
        currency: "EU",
        members,
        fee_paid: 1000,
        conversion_rate: 99,
        user_id: 1,
        body_id: 2,
      },
    });

    expect(answer.json().data).toMatchObject({
      event_id: 1,
      body_id: 1,
      user_id: 2,
      currency: "EU",
      conversion_rate: 1,
      members: [
        { first_name: "Ada", last_name: "Berg", user_id: 3, fee: 40, fee_to_aegee: 4.25 },
        { first_name: "Ben", last_name: "Costa", user_id: null, fee: 8, fee_to_aegee: 2 },
      ],
      fee_to_aegee: 6.25,
      fee_paid: 0,
      fee_not_paid: 6.25,
    });
  });

  test("promises a mail to the treasurer, another one for each change", async () => {
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList() });
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList(4) });

    expect(await readOutbox(db)).toMatchObject([
      {
        template: "statutory_memberslist_submitted",
        recipients: ["treasurer@example.org"],
        parameters: {
          body_name: "AEGEE-Testburg",
          event_name: "Agora Testburg",
          membership_fee: 11.25,
        },
      },
      { template: "statutory_memberslist_edited", parameters: { membership_fee: 15 } },
    ]);
  });

  test.each([
    ["EUR", 3.75],
    ["pl", 2],
    ["PLN", 2],
  ])("converts %s by the fixed rates as long as none are stored", async (currency, fee) => {
    const body = buildMembersList(1, { currency });

    const { members } = readData(await send(`POST ${path}/1`, { as: "board", body }));

    expect(members[0].fee_to_aegee).toBeCloseTo(fee, 6);
  });

  test("prefers stored rates", async () => {
    const rate = { currency: "PL", iso_code: "PLN", name: "Polish zloty", rate: 0.5 };
    await db.insertInto("exchange_rates").values(rate).execute();
    const body = buildMembersList(1, { currency: "PL" });

    const list = readData(await send(`POST ${path}/1`, { as: "board", body }));

    expect(list).toMatchObject({ conversion_rate: 0.5, fee_to_aegee: 5.25 });
  });

  test.each([
    [undefined, "1", 401],
    ["member", "1", 403],
    ["otherBoard", "1", 403],
    ["board", "2", 403],
    ["chair", "1", 403],
    ["approver", "1", 200],
    ["approver", "99", 404],
    ["approver", "x", 400],
    ["board", "1", 200],
  ])("is answered to %s for body %s with %i", async (as, body, status) => {
    const request = { body: buildMembersList(), ...(as === undefined ? {} : { as }) };

    expect((await send(`POST ${path}/${body}`, request)).statusCode).toBe(status);
  });

  test.each([
    ["currency", { currency: "XX" }],
    ["currency", { currency: "euros" }],
    ["members", { members: [] }],
    ["members.0.fee", { members: [{ first_name: "A", last_name: "B", fee: -1 }] }],
    ["members.0.last_name", { members: [{ first_name: "A", fee: 1 }] }],
    ["members.0.first_name", { members: [{ first_name: " ", last_name: "B", fee: 1 }] }],
  ])("names the field %s for %j", async (field, change) => {
    const answer = await send(`POST ${path}/1`, { as: "board", body: buildMembersList(1, change) });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toContain(field);
  });

  test("exists for an Agora only", async () => {
    await publishEvent(statutory, buildEpm());

    const answer = await send("POST /events/2/memberslists/1", {
      as: "admin",
      body: buildMembersList(),
    });

    expect(answer.statusCode).toBe(400);
  });

  test("for the first time ends with the submission deadline, changes a day before the start", async () => {
    const request = { as: "board", body: buildMembersList() };
    clock.now = inDays(21);
    const tooLate = await send(`POST ${path}/1`, request);
    clock.now = null;
    await send(`POST ${path}/1`, request);
    clock.now = inDays(28.9);
    const change = await send(`POST ${path}/1`, request);
    clock.now = inDays(29.1);
    const lateChange = await send(`POST ${path}/1`, request);

    expect([tooLate, change, lateChange].map(({ statusCode }) => statusCode)).toEqual([
      403, 200, 403,
    ]);
  });

  test("many times at once ends with one list and one set of votes", async () => {
    const sizes = [21, 51, 101, 151];

    const answers = await Promise.all(
      sizes.map((size) => send(`POST ${path}/1`, { as: "board", body: buildMembersList(size) })),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200]);
    const list = readData(await send(`GET ${path}/1`, { as: "board" }));
    const [votes] = readData(await send("GET /events/1/votes-amounts/antenna", { as: "member" }));
    expect(votes.votes).toBe(sizes.indexOf(list.members.length) + 2);
  });
});

const readFlags = (rows: { is_on_memberslist: boolean }[]) =>
  rows.map((row) => row.is_on_memberslist);

describe("applications and members lists", () => {
  const listed = {
    members: [
      { first_name: "Nobody", last_name: "Else", user_id: 3, fee: 30 },
      { first_name: "sam", last_name: "SECOND", fee: 30 },
    ],
  };

  test("those on a list are marked when it is handed in, and unmarked when they are gone", async () => {
    await applyAs(statutory, 1, ["member", "second", "third"]);
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList(0, listed) });
    const marked = readData(
      await send("GET /events/1/applications/all?sort=id&direction=asc", { as: "chair" }),
    );
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList(1) });
    const unmarked = readData(await send("GET /events/1/applications/all", { as: "chair" }));

    expect(readFlags(marked)).toEqual([true, true, false]);
    expect(readFlags(unmarked)).toEqual([false, false, false]);
  });

  test("those who apply later are marked at once, and again when they edit", async () => {
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList(0, listed) });

    const [member, third] = await applyAs(statutory, 1, ["member", "third"]);
    await setColumns(statutory, 1, { is_on_memberslist: false });
    const edited = await send("PUT /events/1/applications/1", {
      as: "member",
      body: { meals: "Vegan" },
    });

    expect([member.is_on_memberslist, third.is_on_memberslist]).toEqual([true, false]);
    expect(readData(edited).is_on_memberslist).toBe(true);
  });

  test("nobody slips through who applies while the list is handed in", async () => {
    const crowd = Array.from({ length: 10 }, (_, index) => `crowd${index}`);
    const members = crowd.map((_, index) => ({
      first_name: "Any",
      last_name: "One",
      user_id: 1000 + index,
      fee: 30,
    }));

    await Promise.all([
      applyAs(statutory, 1, crowd.slice(0, 5)),
      send(`POST ${path}/1`, { as: "board", body: buildMembersList(0, { members }) }),
      applyAs(statutory, 1, crowd.slice(5)),
    ]);

    const rows = readData(await send("GET /events/1/applications/network", { as: "netdirector" }));
    expect(
      rows.filter((row: { is_on_memberslist: boolean }) => row.is_on_memberslist),
    ).toHaveLength(10);
  });
});

describe("reading members lists", () => {
  beforeEach(async () => {
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList() });
    await send(`POST ${path}/2`, {
      as: "otherBoard",
      body: buildMembersList(0, { members: [{ first_name: "A", last_name: "B", fee: 0 }] }),
    });
  });

  test("one is for its board and for those who see all", async () => {
    const people = ["member", "otherBoard", "treasurer", "board", "jc", "admin"];

    const answers = await Promise.all(people.map((as) => send(`GET ${path}/1`, { as })));

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([403, 403, 403, 200, 200, 200]);
    expect((await send(`GET ${path}/1`)).statusCode).toBe(401);
    expect((await send(`GET ${path}/5`, { as: "jc" })).statusCode).toBe(404);
  });

  test("all of them are for those who see all", async () => {
    const answer = await send(`GET ${path}`, { as: "jc" });

    expect(answer.json()).toMatchObject({
      data: [{ body_id: 1, fee_to_aegee: 11.25 }, { body_id: 2 }],
      meta: { count: 2, offset: 0, limit: 500 },
    });
    expect((await send(`GET ${path}`, { as: "board" })).statusCode).toBe(403);
  });

  test("take the same number of queries for one and for many", async () => {
    const few = await queries.during(() => send(`GET ${path}?limit=1`, { as: "jc" }));
    const many = await queries.during(() => send(`GET ${path}`, { as: "jc" }));

    expect([few.length, many.length]).toEqual([5, 5]);
  });

  test("missing are the locals without one", async () => {
    const answer = await send(`GET ${path}/missing`, { as: "jc" });

    expect(answer.json()).toMatchObject({
      data: [{ id: 5, name: "AEGEE-Kontakt", type: "contact antenna" }],
      meta: { count: 1 },
    });
    expect((await send(`GET ${path}/missing`, { as: "board" })).statusCode).toBe(403);
  });

  test("without a fee are those where nobody pays", async () => {
    const answer = await send(`GET ${path}/without_fee`, { as: "treasurer" });

    expect(answer.json().data).toMatchObject([{ id: 2 }]);
    expect((await send(`GET ${path}/without_fee`, { as: "jc" })).statusCode).toBe(403);
  });
});

describe("the fee that was paid", () => {
  const feePaid = { fee_paid: 5 };

  test("lowers what is owed and survives a change of the list", async () => {
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList() });
    const paid = await send(`PUT ${path}/1/fee_paid`, { as: "treasurer", body: feePaid });
    const changed = await send(`POST ${path}/1`, { as: "board", body: buildMembersList(4) });

    expect(readData(paid)).toMatchObject({ fee_paid: 5, fee_not_paid: 6.25 });
    expect(readData(changed)).toMatchObject({ fee_paid: 5, fee_not_paid: 10 });
  });

  test.each([
    [undefined, "1", 401],
    ["board", "1", 403],
    ["jc", "1", 403],
    ["treasurer", "2", 404],
    ["treasurer", "1", 200],
  ])("is set by %s for body %s with %i", async (as, body, status) => {
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList() });
    const request = { body: feePaid, ...(as === undefined ? {} : { as }) };

    expect((await send(`PUT ${path}/${body}/fee_paid`, request)).statusCode).toBe(status);
  });

  test.each([{ fee_paid: -1 }, { fee_paid: "1" }, {}])("is not %j", async (body) => {
    await send(`POST ${path}/1`, { as: "board", body: buildMembersList() });

    expect((await send(`PUT ${path}/1/fee_paid`, { as: "treasurer", body })).statusCode).toBe(422);
  });
});
