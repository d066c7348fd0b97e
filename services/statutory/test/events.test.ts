import { describe, expect, test } from "vitest";

import { byNumber, buildAgora, buildEpm, inDays, publishEvent, readData } from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send } = statutory;

describe("creating an event", () => {
  test("answers a draft with what its calendar allows", async () => {
    const answer = await send("POST /", {
      as: "chair",
      body: buildAgora({ url: " Agora-Testburg ", status: "published", id: 77 }),
    });

    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      success: true,
      data: {
        url: "agora-testburg",
        status: "draft",
        publication_date: null,
        fee: 60,
        can_apply: true,
        can_approve_members: true,
        can_see_participants_list: false,
        can_upload_memberslist: true,
        can_edit_memberslist: true,
        locations: [],
      },
    });
    expect(answer.json().data.id).not.toBe(77);
  });

  test.each([
    ["nobody", undefined, 401],
    ["somebody with an unknown token", "unknown", 401],
    ["a service", "service", 403],
    ["a member", "member", 403],
    ["who manages another type only", "epmChair", 403],
  ])("is refused to %s", async (_, as, status) => {
    const request = { body: buildAgora(), ...(as === undefined ? {} : { as }) };

    const answer = await send("POST /", request);

    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ success: false, message: expect.any(String) });
  });

  test.each([
    ["name", { name: "  " }],
    ["url", { url: "2027" }],
    ["url", { url: "two words" }],
    ["url", { url: "latest" }],
    ["type", { type: "conference" }],
    ["fee", { fee: -1 }],
    ["body_id", { body_id: 0 }],
    ["questions", { questions: [] }],
    ["questions", { questions: [{ type: "select", description: "Which?", required: true }] }],
    ["starts", { starts: "tomorrow" }],
    ["starts", { starts: "0000-01-01T00:00:00Z" }],
    ["memberslist_submission_deadline", { memberslist_submission_deadline: null }],
    ["board_approve_deadline", { board_approve_deadline: inDays(6) }],
  ])("names the field %s for %j", async (field, change) => {
    const answer = await send("POST /", { as: "chair", body: buildAgora(change) });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toContain(field);
  });

  test("takes an EPM without the deadlines of an Agora", async () => {
    expect((await send("POST /", { as: "chair", body: buildEpm() })).statusCode).toBe(200);
  });

  test("gives an address to one event only, also when two ask at once", async () => {
    const answers = await Promise.all(
      ["chair", "admin"].map((as) => send("POST /", { as, body: buildAgora() })),
    );

    expect(answers.map(({ statusCode }) => statusCode).toSorted(byNumber)).toEqual([200, 422]);
    expect(answers.find(({ statusCode }) => statusCode === 422)?.json()).toEqual({
      success: false,
      errors: { url: ['The URL "agora-testburg" is taken already.'] },
    });
  });

  test("answers 400 to what is no JSON", async () => {
    const answer = await send("POST /", { as: "chair", body: '{"name": ' });

    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({ success: false });
  });
});

describe("the list", () => {
  test("shows published events to anybody, the latest first", async () => {
    await publishEvent(statutory, buildAgora());
    await publishEvent(statutory, buildEpm({ starts: inDays(40), ends: inDays(44) }));
    await send("POST /", { as: "chair", body: buildEpm({ url: "draft" }) });

    const answer = await send("GET /");

    expect(answer.json().data.map(({ url }: { url: string }) => url)).toEqual([
      "epm-musterstad",
      "agora-testburg",
    ]);
    expect(answer.json().meta).toEqual({ count: 2, offset: 0, limit: 100 });
  });

  test("also when core is away", async () => {
    await publishEvent(statutory, buildAgora());
    statutory.core.breakDown();

    const answer = await send("GET /", { as: "fresh token" });

    expect(answer.statusCode).toBe(200);
    expect(answer.json().data).toHaveLength(1);
  });

  test.each([
    ["search=TESTBURG", ["agora-testburg"]],
    ["search=100%25", []],
    ["search=_", []],
    ["type=epm", ["epm-musterstad"]],
    ["type[]=epm&type[]=agora", ["agora-testburg", "epm-musterstad"]],
    [`starts=${cetDayIn(20)}`, ["agora-testburg", "epm-musterstad"]],
    [`starts=${cetDayIn(32)}`, []],
    [`ends=${cetDayIn(34)}`, ["agora-testburg", "epm-musterstad"]],
    [`ends=${cetDayIn(32)}`, []],
    ["limit=1&offset=1", ["agora-testburg"]],
  ])("is filtered by %s", async (query, urls) => {
    await publishEvent(statutory, buildAgora());
    await publishEvent(statutory, buildEpm());

    const answer = await send(`GET /?${query}`);

    expect(
      answer
        .json()
        .data.map(({ url }: { url: string }) => url)
        .toSorted(),
    ).toEqual(urls);
  });

  test.each(["type=conference", "limit=0", "limit=501", "offset=-1", "starts=soon"])(
    "refuses %s",
    async (query) => {
      expect((await send(`GET /?${query}`)).statusCode).toBe(422);
    },
  );

  test("holds the drafts of one's own types on demand", async () => {
    await send("POST /", { as: "chair", body: buildAgora() });
    await send("POST /", { as: "chair", body: buildEpm() });

    const answer = await send("GET /?all=true", { as: "epmChair" });

    expect(answer.json().data.map(({ url }: { url: string }) => url)).toEqual(["epm-musterstad"]);
    expect((await send("GET /?all=true", { as: "member" })).statusCode).toBe(403);
    expect((await send("GET /?all=true")).statusCode).toBe(403);
  });
});

describe("one event", () => {
  test("is found by id, by address in any case and as the latest", async () => {
    const { id } = await publishEvent(statutory, buildAgora());
    const paths = [`${id}`, "agora-testburg", "AGORA-Testburg", "latest", "latest-agora"];

    const answers = await Promise.all(paths.map((path) => send(`GET /events/${path}`)));

    expect(answers.map((answer) => answer.json().data?.id)).toEqual([id, id, id, id, id]);
  });

  test.each(["latest-spm", "999", "no-such-event", "99999999999999", "%27%20or%201=1"])(
    "is 404 as %s",
    async (path) => {
      await publishEvent(statutory, buildAgora());

      expect((await send(`GET /events/${path}`)).statusCode).toBe(404);
    },
  );

  test("is hidden as a draft from all who do not manage its type", async () => {
    const { id } = readData(await send("POST /", { as: "chair", body: buildAgora() }));

    expect((await send(`GET /events/${id}`)).statusCode).toBe(404);
    expect((await send(`GET /events/${id}`, { as: "epmChair" })).statusCode).toBe(404);
    expect((await send(`GET /events/${id}`, { as: "chair" })).statusCode).toBe(200);
  });

  test("says what a member may do", async () => {
    await publishEvent(statutory, buildAgora());

    const { permissions } = readData(await send("GET /events/latest", { as: "member" }));

    expect(permissions).toMatchObject({
      create_event: { agora: false, epm: false, spm: false },
      edit_event: false,
      apply: true,
      see_applications: false,
      see_boardview: { global: false, 1: false },
      apply_from_body: { 1: true },
      see_participants_list: false,
      export: { all: false, incoming: false, openslides: false },
    });
  });

  test("says what the board of a body may do", async () => {
    await publishEvent(statutory, buildAgora());

    const { permissions } = readData(await send("GET /events/latest", { as: "board" }));

    expect(permissions).toMatchObject({
      see_boardview: { global: false, 1: true },
      set_board_comment_and_participant_type: { global: false, 1: true },
      upload_memberslist: { global: false, 1: true },
      edit_memberslist: { global: false, 1: true },
      see_memberslist: { global: false, 1: true },
    });
  });

  test("says that a superadmin may do everything", async () => {
    await publishEvent(statutory, buildAgora());

    const { permissions } = readData(await send("GET /events/latest", { as: "admin" }));

    expect(permissions).toMatchObject({
      edit_event: true,
      manage_applications: true,
      manage_candidates: true,
      see_memberslist: { global: true },
    });
  });
});

describe("editing an event", () => {
  test("changes what is named and keeps the rest", async () => {
    const { id } = await publishEvent(statutory, buildAgora());

    const answer = await send(`PUT /events/${id}`, {
      as: "chair",
      body: { name: "Agora Neu", type: "epm", status: "draft", id: 5 },
    });

    expect(answer.json().data).toMatchObject({
      id,
      name: "Agora Neu",
      type: "agora",
      status: "published",
      url: "agora-testburg",
    });
  });

  test("is refused to strangers and members", async () => {
    const { id } = await publishEvent(statutory, buildAgora());
    const body = { name: "Mine" };

    expect((await send(`PUT /events/${id}`, { body })).statusCode).toBe(401);
    expect((await send(`PUT /events/${id}`, { as: "member", body })).statusCode).toBe(403);
    expect((await send(`PUT /events/999`, { as: "chair", body })).statusCode).toBe(404);
  });

  test("by two managers at once keeps what both have changed", async () => {
    const { id } = await publishEvent(statutory, buildAgora());

    await Promise.all([
      send(`PUT /events/${id}`, { as: "chair", body: { name: "Agora Neu" } }),
      send(`PUT /events/${id}`, { as: "admin", body: { fee: 75 } }),
    ]);

    expect(readData(await send(`GET /events/${id}`))).toMatchObject({ name: "Agora Neu", fee: 75 });
  });

  test.each([
    ["type", { type: "epm", memberslist_submission_deadline: null }],
    ["url", { url: "epm-musterstad" }],
  ])("refuses what breaks the event by its %s", async (_, body) => {
    await publishEvent(statutory, buildEpm());
    const { id } = await publishEvent(statutory, buildAgora());

    expect((await send(`PUT /events/${id}`, { as: "chair", body })).statusCode).toBe(422);
  });

  test("keeps the deadlines in order", async () => {
    const { id } = await publishEvent(statutory, buildAgora());

    const answer = await send(`PUT /events/${id}`, { as: "chair", body: { starts: inDays(1) } });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toContain("participants_list_publish_deadline");
  });
});

describe("the status of an event", () => {
  test("goes to published with the day of it, and back to draft", async () => {
    const { id } = await publishEvent(statutory, buildAgora());
    expect(readData(await send(`GET /events/${id}`)).publication_date).not.toBeNull();

    const back = await send(`PUT /events/${id}/status`, { as: "chair", body: { status: "draft" } });

    expect(back.json()).toEqual({
      success: true,
      message: "Event status was changed successfully.",
    });
    expect((await send(`GET /events/${id}`)).statusCode).toBe(404);
  });

  test("is refused to others, and knows two values only", async () => {
    const { id } = await publishEvent(statutory, buildAgora());
    const path = `PUT /events/${id}/status`;

    expect((await send(path, { body: { status: "draft" } })).statusCode).toBe(401);
    expect((await send(path, { as: "member", body: { status: "draft" } })).statusCode).toBe(403);
    expect((await send(path, { as: "chair", body: { status: "deleted" } })).statusCode).toBe(422);
    expect((await send(path, { as: "chair", body: {} })).statusCode).toBe(422);
  });
});

describe("the number of queries", () => {
  test("of the list does not grow with the events", async () => {
    await publishEvent(statutory, buildAgora());
    await publishEvent(statutory, buildEpm());

    const statements = await statutory.queries.during(() => send("GET /", { as: "member" }));

    expect(statements).toHaveLength(2);
  });

  test("of one event does not grow with the bodies of the caller", async () => {
    const { id } = await publishEvent(statutory, buildAgora());

    const statements = await statutory.queries.during(() =>
      send(`GET /events/${id}`, { as: "traveller" }),
    );

    expect(statements).toHaveLength(3);
  });
});

/** The list counts whole days of Central European Time: between its midnight and UTC's they differ. */
function cetDayIn(days: number): string {
  return new Date(inDays(days)).toLocaleDateString("sv", { timeZone: "Europe/Brussels" });
}
