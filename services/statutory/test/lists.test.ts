import { beforeEach, describe, expect, test } from "vitest";

import {
  applyAs,
  buildAgora,
  buildApplication,
  buildEpm,
  publishEvent,
  readData,
  setColumns,
} from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, clock, queries } = statutory;
const path = "/events/1/applications";

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
  await applyAs(statutory, 1, ["member", "second", "third", "fourth"]);
  await setColumns(statutory, 1, { status: "accepted", confirmed: true });
  await setColumns(statutory, 2, { status: "accepted" });
  await setColumns(statutory, 3, { status: "accepted", cancelled: true });
});

const idsOf = (answer: { json(): { data: { id: number }[] } }) =>
  answer.json().data.map(({ id }) => id);

describe("lists of applications", () => {
  test.each([
    ["all", "chair", [4, 2, 1]],
    ["all?displayCancelled=true", "chair", [4, 3, 2, 1]],
    ["accepted", "chair", [2, 1]],
    ["accepted?displayCancelled=true", "chair", [2, 1]],
    ["incoming", "host", [2, 1]],
    ["juridical", "jc", [1]],
    ["network", "netdirector", [4, 2, 1]],
    ["all?query=SECOND", "chair", [2]],
    ["all?query=%25", "chair", []],
    ["all?sort=last_name&direction=asc", "chair", [4, 1, 2]],
    ["all?limit=1&offset=1", "chair", [2]],
  ])("%s shows %s the applications %j", async (list, as, ids) => {
    expect(idsOf(await send(`GET ${path}/${list}`, { as }))).toEqual(ids);
  });

  test.each([
    ["all", ["chair", "admin"]],
    ["accepted", ["chair", "admin"]],
    ["incoming", ["chair", "host", "admin"]],
    ["juridical", ["chair", "jc", "admin"]],
    ["network", ["chair", "netdirector", "admin"]],
  ])("%s is for %j only", async (list, allowed) => {
    const people = ["member", "board", "epmChair", "host", "jc", "netdirector", "chair", "admin"];

    const answers = await Promise.all(people.map((as) => send(`GET ${path}/${list}`, { as })));

    const seenBy = people.filter((_, index) => answers[index]?.statusCode === 200);
    expect(seenBy.toSorted()).toEqual(allowed.toSorted());
    expect((await send(`GET ${path}/${list}`)).statusCode).toBe(401);
  });

  test("the participants are shown to everybody once the list is published", async () => {
    clock.now = new Date(Date.now() + 22 * 24 * 60 * 60 * 1000);

    const answer = await send(`GET ${path}/accepted`, { as: "stranger" });

    expect(idsOf(answer)).toEqual([2, 1]);
    expect(Object.keys(answer.json().data[0])).not.toContain("allergies");
    expect(Object.keys(answer.json().data[0])).not.toContain("notification_email");
    expect(Object.keys(answer.json().data[0])).not.toContain("visa_passport_number");
  });

  test("hosts see what they need and no more", async () => {
    const [row] = (await send(`GET ${path}/incoming`, { as: "host" })).json().data;

    expect(row).toMatchObject({ meals: "Vegan", notification_email: "second@example.org" });
    expect(Object.keys(row)).not.toContain("board_comment");
    expect(Object.keys(row)).not.toContain("answers");
  });

  test("the Juridical Commission sees no private data", async () => {
    const [row] = (await send(`GET ${path}/juridical`, { as: "jc" })).json().data;

    expect(Object.keys(row).toSorted().join(" ")).toBe(
      "attended body_id body_name cancelled confirmed created_at departed first_name id last_name " +
        "participant_order participant_type registered status statutory_id updated_at user_id",
    );
  });

  test("have a meta that counts all that match", async () => {
    const answer = await send(`GET ${path}/all?limit=2`, { as: "chair" });

    expect(answer.json().meta).toEqual({ count: 3, offset: 0, limit: 2 });
  });

  test.each([
    "limit=0",
    "limit=2001",
    "offset=-1",
    "sort=password",
    "direction=up",
    "sort=id;drop",
  ])("refuse %s", async (query) => {
    expect((await send(`GET ${path}/all?${query}`, { as: "chair" })).statusCode).toBe(422);
  });

  test.each(["all", "accepted", "incoming", "juridical", "network", "boardview/1"])(
    "%s takes the same number of queries for one application and for many",
    async (list) => {
      const few = await queries.during(() => send(`GET ${path}/${list}?limit=1`, { as: "admin" }));
      const many = await queries.during(() => send(`GET ${path}/${list}`, { as: "admin" }));

      expect(many.length).toBe(few.length);
      expect(many.length).toBeLessThanOrEqual(5);
    },
  );

  test("an answer of core that misses people leaves their address empty", async () => {
    await setColumns(statutory, 1, { user_id: 4711 });

    const { data } = (await send(`GET ${path}/all`, { as: "chair" })).json();

    expect(data.at(-1)).toMatchObject({ user_id: 4711, notification_email: null });
  });
});

describe("a table", () => {
  const asCsv = { accept: "text/csv" };

  test("holds the whole list with titles and answers", async () => {
    const answer = await send(`GET ${path}/all?limit=1`, { as: "chair", headers: asCsv });

    expect(answer.headers["content-type"]).toBe("text/csv; charset=utf-8");
    const [titles, ...rows] = answer.body.trim().split("\n");
    expect(titles).toMatch(/^\uFEFF?ID,Statutory ID,User ID,.*,Answer 1: Why\?$/);
    expect(rows).toHaveLength(3);
    expect(rows[0]).toContain("Because.");
  });

  test("runs nothing of what people wrote as a formula", async () => {
    await send(`PUT ${path}/me`, { as: "member", body: { answers: ["=HYPERLINK(1)"] } });

    const answer = await send(`GET ${path}/all`, { as: "chair", headers: asCsv });

    expect(answer.body).toContain("'=HYPERLINK(1)");
    expect(answer.body).not.toContain(",=HYPERLINK");
  });

  test("is refused like the list itself", async () => {
    const answer = await send(`GET ${path}/all`, { as: "member", headers: asCsv });

    expect(answer.statusCode).toBe(403);
    expect(answer.json().success).toBe(false);
  });
});

describe("figures", () => {
  test("are for all who are logged in, and name nobody", async () => {
    const answer = await send(`GET ${path}/stats`, { as: "stranger" });

    expect(readData(answer)).toMatchObject({
      numbers: { total: 4, accepted: 2, pending: 1, cancelled: 1, confirmed: 1 },
      by_meal: [{ type: "Vegan", value: 3 }],
      by_body: [{ type: 1, value: 3 }],
      by_type: [{ type: null, value: 3 }],
    });
    expect(answer.body).not.toContain("Second");
  });
});

describe("one's own events", () => {
  test("are those one has applied to", async () => {
    await publishEvent(statutory, buildEpm());

    const answer = await send("GET /events/mine", { as: "member" });

    expect(answer.json()).toMatchObject({
      data: [{ id: 1, applications: [{ user_id: 3, cancelled: false, status: "accepted" }] }],
      meta: { count: 1 },
    });
    expect((await send("GET /events/mine")).statusCode).toBe(401);
  });
});

describe("limits of participants", () => {
  const own = { body_id: 1, delegate: 5, envoy: null, observer: 0, visitor: 2 };

  test("are the defaults of each body until somebody sets others", async () => {
    const before = (await send("GET /limits/agora", { as: "member" })).json();
    await send("POST /limits/agora", { as: "chair", body: own });
    const after = readData(await send("GET /limits/agora", { as: "member" }));

    expect(before.meta.count).toBe(5);
    expect(before.data[0]).toMatchObject({ body_id: 1, delegate: 3, visitor: 30, default: true });
    expect(after[0]).toMatchObject({ ...own, event_type: "agora", default: false });
  });

  test("are replaced, read and deleted by body", async () => {
    await send("POST /limits/agora", { as: "chair", body: own });
    await send("POST /limits/agora", { as: "chair", body: { ...own, delegate: 7, id: 99 } });
    const read = readData(await send("GET /limits/agora/1", { as: "member" }));
    const deleted = await send("DELETE /limits/agora/1", { as: "chair" });
    const again = await send("DELETE /limits/agora/1", { as: "chair" });

    expect(read).toMatchObject({ id: 1, delegate: 7 });
    expect([deleted.statusCode, again.statusCode]).toEqual([200, 404]);
    expect(readData(await send("GET /limits/agora/1", { as: "member" })).delegate).toBe(3);
  });

  test("are set by those who manage events of the type", async () => {
    const people = [undefined, "member", "board", "epmChair"];

    const answers = await Promise.all(
      people.map((as) => send("POST /limits/agora", { body: own, ...(as ? { as } : {}) })),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 403, 403, 403]);
    expect((await send("DELETE /limits/agora/1", { as: "epmChair" })).statusCode).toBe(403);
    expect((await send("POST /limits/epm", { as: "epmChair", body: own })).statusCode).toBe(200);
  });

  test.each([
    ["GET /limits/conference", 400],
    ["GET /limits/agora/x", 400],
    ["GET /limits/agora/77", 404],
    ["GET /limits/agora/defaults", 200],
  ])("%s is answered with %i", async (route, status) => {
    expect((await send(route, { as: "member" })).statusCode).toBe(status);
  });

  test.each([{ delegate: -1 }, { visitor: 1.5 }, { body_id: undefined }])(
    "refuse %j",
    async (change) => {
      const body = { ...own, ...change };

      expect((await send("POST /limits/agora", { as: "chair", body })).statusCode).toBe(422);
    },
  );

  test("answer 503 while core is away", async () => {
    await send("GET /limits/agora", { as: "member" });
    statutory.core.breakDown();

    expect((await send("GET /limits/agora", { as: "member" })).statusCode).toBe(503);
    expect(
      (await send(`POST ${path}`, { as: "nobody yet", body: buildApplication() })).statusCode,
    ).toBe(503);
  });
});
