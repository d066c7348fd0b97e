import { describe, expect, test } from "vitest";

import { daysFromNow, makeEvent } from "./make-event.ts";
import { idOf } from "./people.ts";
import { startEvents } from "./start-events.ts";

const { send, db, core, queries } = await startEvents();

async function listNames(url: string, as?: Parameters<typeof send>[1]): Promise<string[]> {
  const answer = await send(`GET ${url}`, as);
  return answer.json().data.map(({ name }: { name: string }) => name);
}

describe("GET /", () => {
  test("shows published events alone, soonest first, and their public fields alone", async () => {
    await makeEvent(db, { name: "later", starts: daysFromNow(11) });
    await makeEvent(db, { name: "sooner" });
    await makeEvent(db, { name: "draft", status: "draft" });
    await makeEvent(db, { name: "submitted", status: "submitted" });
    await makeEvent(db, { name: "deleted", deleted: true });

    const answer = await send("GET /");

    expect(answer.statusCode).toBe(200);
    const { data, meta } = answer.json();
    expect(data.map(({ name }: { name: string }) => name)).toEqual(["sooner", "later"]);
    expect(meta).toEqual({ count: 2, offset: 0, limit: 50 });
    expect(data[0]).toMatchObject({ status: "published", application_status: "open" });
    expect(Object.keys(data[0])).not.toEqual(
      expect.arrayContaining([expect.stringMatching(/^(organizers|budget|programme|deleted)$/)]),
    );
  });

  test("does not ask core, not even with a token, and works while it is away", async () => {
    core.breakDown();
    core.requests.length = 0;

    const answer = await send("GET /", { as: "member" });

    expect(answer.statusCode).toBe(200);
    expect(core.requests).toEqual([]);
  });

  test("finds text in name and description, whatever its case, and takes % for a character", async () => {
    await makeEvent(db, { name: "NWM Voronezh" });
    await makeEvent(db, { name: "Other", description: "Drafting the Action Agenda" });
    await makeEvent(db, { name: "100% sure" });

    expect(await listNames("/?search=nwm")).toEqual(["NWM Voronezh"]);
    expect(await listNames("/?search=action%20agenda")).toEqual(["Other"]);
    expect(await listNames("/?search=%25")).toEqual(["100% sure"]);
    expect(await listNames("/?search='%20or%201%3D1%20--")).toEqual([]);
  });

  test("narrows by one type or several, in each way that clients write a list", async () => {
    await makeEvent(db, { name: "training", type: "training" });
    await makeEvent(db, { name: "nwm", type: "nwm" });
    await makeEvent(db, { name: "cultural", type: "cultural" });

    expect(await listNames("/?type=nwm")).toEqual(["nwm"]);
    expect(await listNames("/?type[]=nwm")).toEqual(["nwm"]);
    expect(await listNames("/?type=nwm&type=training")).toEqual(["training", "nwm"]);
    expect(await listNames("/?type[]=nwm&type[]=training")).toEqual(["training", "nwm"]);
  });

  test("narrows by day, both ends included", async () => {
    await makeEvent(db, {
      name: "May",
      application_starts: "2027-04-01T00:00:00Z",
      application_ends: "2027-04-10T00:00:00Z",
      starts: "2027-05-01T10:00:00Z",
      ends: "2027-05-04T22:00:00Z",
    });

    expect(await listNames("/?starts=2027-05-01&ends=2027-05-04")).toEqual(["May"]);
    expect(await listNames("/?starts=2027-05-02")).toEqual([]);
    expect(await listNames("/?ends=2027-05-03")).toEqual([]);
  });

  test("pages", async () => {
    await makeEvent(db, { name: "a" });
    await makeEvent(db, { name: "b" });
    await makeEvent(db, { name: "c" });

    const answer = await send("GET /?limit=1&offset=1");

    expect(answer.json()).toMatchObject({
      data: [{ name: "b" }],
      meta: { count: 3, offset: 1, limit: 1 },
    });
  });

  test.each([
    ["limit=0", "limit"],
    ["limit=501", "limit"],
    ["offset=-1", "offset"],
    ["type=agora", "type.0"],
    ["starts=tomorrow", "starts"],
    ["ends=2027-02-31", "ends"],
  ])("answers 422 to ?%s", async (query, field) => {
    const answer = await send(`GET /?${query}`);

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toEqual([field]);
  });

  test("lets websites of AEGEE read it, and no others", async () => {
    const ours = await send("GET /", { headers: { origin: "https://www.aegee.org" } });
    const other = await send("GET /", { headers: { origin: "https://aegee.org.example.com" } });

    expect(ours.headers["access-control-allow-origin"]).toBe("https://www.aegee.org");
    expect(other.headers).not.toHaveProperty("access-control-allow-origin");
  });
});

describe("GET /mine", () => {
  test.each(["organizing", "participating", "approvable"])("%s needs a token", async (list) => {
    const answer = await send(`GET /mine/${list}`);

    expect(answer.statusCode).toBe(401);
  });

  test("organizing shows all events of the caller, whatever their status", async () => {
    await makeEvent(db, { name: "draft", status: "draft" });
    await makeEvent(db, { name: "published" });
    await makeEvent(db, { name: "deleted", deleted: true });
    await makeEvent(db, { name: "of somebody else", organizedBy: "board" });

    const answer = await send("GET /mine/organizing", { as: "member" });

    expect(answer.json()).toMatchObject({
      data: [
        { name: "draft", budget: "budget", organizers: [{ user_id: 3 }] },
        { name: "published" },
      ],
      meta: { count: 2 },
    });
  });

  test("approvable shows what is not published, of the types that the caller approves", async () => {
    await makeEvent(db, { name: "draft", status: "draft", type: "nwm" });
    await makeEvent(db, { name: "submitted", status: "submitted", type: "cultural" });
    await makeEvent(db, { name: "published" });

    expect(await listNames("/mine/approvable", { as: "eqac" })).toEqual(["draft", "submitted"]);
    expect(await listNames("/mine/approvable", { as: "member" })).toEqual([]);
    expect(await listNames("/mine/approvable", { as: "nwmManager" })).toEqual([]);
  });

  test("participating shows each event with the caller's application alone", async () => {
    const event = await makeEvent(db, { name: "applied" });
    await makeEvent(db, { name: "not applied" });
    const body = { body_id: 1, answers: [], agreed_to_privacy_policy: true };
    await send(`POST /single/${event.id}/applications`, { as: "applicant", body });
    await send(`POST /single/${event.id}/applications`, { as: "secondApplicant", body });

    const answer = await send("GET /mine/participating", { as: "applicant" });

    expect(answer.json()).toMatchObject({
      data: [
        { name: "applied", applications: [{ user_id: idOf("applicant"), status: "pending" }] },
      ],
      meta: { count: 1 },
    });
    expect(answer.json().data[0].applications).toHaveLength(1);
    expect(answer.json().data[0]).not.toHaveProperty("budget");
  });
});

describe("the number of queries does not grow with the list", () => {
  test.each([
    ["/", 2],
    ["/mine/organizing", 2],
    ["/mine/approvable", 2],
    ["/mine/participating", 3],
    ["/boardview/1", 3],
    ["/single/1/applications", 3],
  ])("%s", async (url, expected) => {
    const event = await makeEvent(db, { organizedBy: "board" });
    const others = [
      makeEvent(db, { organizedBy: "board" }),
      makeEvent(db, { organizedBy: "board" }),
    ];
    const body = { body_id: 1, answers: [], agreed_to_privacy_policy: true };
    const all = [event, ...(await Promise.all(others))];
    await Promise.all(
      all.flatMap(({ id }) => [
        send(`POST /single/${id}/applications`, { as: "board", body }),
        send(`POST /single/${id}/applications`, { as: "applicant", body }),
      ]),
    );

    const statements = await queries.during(() => send(`GET ${url}`, { as: "board" }));

    expect(statements).toHaveLength(expected);
  });
});
