import { beforeEach, describe, expect, test } from "vitest";

import {
  applyAs,
  buildAgora,
  buildEpm,
  inDays,
  publishEvent,
  readData,
  setColumns,
} from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, clock, db, queries } = statutory;
const path = "/events/1/plenaries";
const plenary = {
  name: "Opening",
  starts: "2030-06-01T10:00:00.000Z",
  ends: "2030-06-01T12:00:00.000Z",
};
const at = (time: string) => new Date(`2030-06-01T${time}:00Z`);
const mark = (application_id: unknown, as = "chair") =>
  send(`POST ${path}/1/attendance/mark`, { as, body: { application_id } });

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
  await applyAs(statutory, 1, ["member", "second", "third"]);
  await setColumns(statutory, 1, { participant_type: "delegate", participant_order: 1 });
  await setColumns(statutory, 2, { participant_type: "envoy", participant_order: 1 });
  await send(`POST ${path}`, { as: "chair", body: plenary });
  clock.now = at("10:30");
});

describe("plenaries", () => {
  test("are created, listed and edited by those who manage them", async () => {
    const edited = await send(`PUT ${path}/1`, {
      as: "chair",
      body: { name: "Closing", event_id: 7 },
    });

    expect(readData(edited)).toMatchObject({ ...plenary, id: 1, event_id: 1, name: "Closing" });
    expect(readData(await send(`GET ${path}`, { as: "chair" }))).toHaveLength(1);
  });

  test.each([
    [`GET ${path}`, undefined],
    [`GET ${path}/1`, undefined],
    [`POST ${path}`, plenary],
    [`PUT ${path}/1`, plenary],
    [`POST ${path}/1/attendance/mark`, { application_id: 1 }],
  ])("%s is refused to members and to nobody", async (route, body) => {
    const request = body === undefined ? {} : { body };

    expect((await send(route, { as: "member", ...request })).statusCode).toBe(403);
    expect((await send(route, request)).statusCode).toBe(401);
  });

  test.each([
    ["name", { name: "" }],
    ["ends", { ends: plenary.starts }],
    ["starts", { starts: "now" }],
  ])("name the field %s for %j", async (field, change) => {
    const answer = await send(`POST ${path}`, { as: "chair", body: { ...plenary, ...change } });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toContain(field);
  });

  test("exist at an Agora only, and under their own event", async () => {
    await publishEvent(statutory, buildEpm());
    await publishEvent(statutory, buildAgora({ url: "agora-two", starts: inDays(31) }));

    expect((await send("GET /events/2/plenaries", { as: "chair" })).statusCode).toBe(400);
    expect((await send("GET /events/3/plenaries/1", { as: "chair" })).statusCode).toBe(404);
  });
});

describe("attendance", () => {
  test("toggles with each scan", async () => {
    const came = readData(await mark(1));
    clock.now = at("11:00");
    const left = readData(await mark(1));
    clock.now = at("11:30");
    const back = readData(await mark(1));

    expect(came).toMatchObject({ starts: at("10:30").toISOString(), ends: null, seconds: 0 });
    expect(came.application).toMatchObject({ id: 1, statutory_id: "001-0001" });
    expect(left).toMatchObject({ id: came.id, ends: at("11:00").toISOString(), seconds: 1800 });
    expect(back).toMatchObject({ ends: null });
    expect(back.id).not.toBe(came.id);
  });

  test("counts only what lies within the plenary, which closes what is open", async () => {
    clock.now = at("09:00");
    await mark(1);
    clock.now = at("11:30");
    await mark(2);
    clock.now = at("13:00");

    const { attendances } = readData(await send(`GET ${path}/1`, { as: "chair" }));

    expect(attendances).toMatchObject([
      { application_id: 2, ends: plenary.ends, seconds: 1800 },
      { application_id: 1, ends: plenary.ends, seconds: 7200 },
    ]);
  });

  test.each([
    [1, "11:00", 200],
    [2, "12:00", 200],
    [3, "11:00", 403],
    [99, "11:00", 404],
    ["1", "11:00", 422],
    [1, "12:01", 403],
  ])("of application %j at %s is answered with %i", async (id, time, status) => {
    clock.now = at(time);

    expect((await mark(id)).statusCode).toBe(status);
  });

  test("never leaves anybody in the room twice, also when the scanner stutters", async () => {
    const answers = await Promise.all(Array.from({ length: 7 }, () => mark(1)));

    const open = await db.selectFrom("attendances").selectAll().where("ends", "is", null).execute();
    expect(answers.every(({ statusCode }) => statusCode === 200)).toBe(true);
    expect(open).toHaveLength(1);
  });

  test("is read in a fixed number of queries", async () => {
    await mark(1);
    const few = await queries.during(() => send(`GET ${path}/1`, { as: "chair" }));
    await mark(2);
    const many = await queries.during(() => send(`GET ${path}/1`, { as: "chair" }));

    expect([few.length, many.length]).toEqual([7, 7]);
  });

  test("comes a page at a time, the last one first, with the count of all", async () => {
    await mark(1);
    clock.now = at("10:40");
    await mark(2);
    clock.now = at("10:50");
    await mark(1);
    clock.now = at("11:00");
    await mark(1);

    const all = await send(`GET ${path}/1`, { as: "chair" });
    const second = await send(`GET ${path}/1?limit=1&offset=1`, { as: "chair" });
    const beyond = await send(`GET ${path}/1?offset=3`, { as: "chair" });

    expect(all.json().meta).toEqual({ count: 3, offset: 0, limit: 500 });
    expect(readData(all).attendances).toMatchObject([
      { application_id: 1, ends: null },
      { application_id: 2 },
      { application_id: 1, seconds: 1200 },
    ]);
    expect(readData(second)).toMatchObject({ id: 1, attendances: [{ application_id: 2 }] });
    expect(second.json().meta).toEqual({ count: 3, offset: 1, limit: 1 });
    expect(readData(beyond).attendances).toEqual([]);
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=2001", "limit"],
    ["offset=-1", "offset"],
  ])("refuses pages of %s", async (query, field) => {
    const answer = await send(`GET ${path}/1?${query}`, { as: "chair" });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toEqual([field]);
  });
});
