import { beforeEach, describe, expect, test } from "vitest";

import {
  applyAs,
  buildAgora,
  buildEpm,
  buildMembersList,
  publishEvent,
  readData,
  setColumns,
} from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, queries } = statutory;
const applications = "/events/1/applications";
const path = "/events/1/votes-amounts";

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
});

async function giveDelegate(id: number, order: number) {
  await send(`PUT ${applications}/${id}/board`, {
    as: "board",
    body: { participant_type: "delegate", participant_order: order },
  });
}

async function setFlag(id: number, flag: string, value = true) {
  await send(`PUT ${applications}/${id}/${flag}`, { as: "chair", body: { [flag]: value } });
}

async function readShares(type: string): Promise<[number, number][]> {
  const votes = readData(await send(`GET ${path}/delegate`, { as: "member" }));
  return votes
    .filter((row: { type: string }) => row.type === type)
    .map((row: { application_id: number; votes: number }) => [row.application_id, row.votes]);
}

describe("votes of antennae", () => {
  test.each([
    [175, 5],
    [951, 14],
    [1200, 15],
  ])("a list of %i members gives %i", async (members, votes) => {
    await send("POST /events/1/memberslists/1", { as: "board", body: buildMembersList(members) });

    const answer = await send(`GET ${path}/antenna`, { as: "member" });

    expect(answer.json()).toMatchObject({ data: [{ body_id: 1, votes }], meta: { count: 1 } });
  });

  test("other locals hand in a list and have none", async () => {
    await send("POST /events/1/memberslists/5", { as: "approver", body: buildMembersList(100) });

    const votes = readData(await send(`GET ${path}/antenna`, { as: "member" }));

    expect(votes).toMatchObject([{ body_id: 5, votes: 0 }]);
  });

  test.each(["antenna", "delegate", "1"])("%s is for all who are logged in", async (list) => {
    expect((await send(`GET ${path}/${list}`)).statusCode).toBe(401);
    expect((await send(`GET ${path}/${list}`, { as: "stranger" })).statusCode).toBe(200);
  });

  test("exist at an Agora only", async () => {
    await publishEvent(statutory, buildEpm());

    const answer = await send("GET /events/2/votes-amounts/antenna", { as: "member" });

    expect(answer.statusCode).toBe(400);
  });
});

describe("votes of delegates", () => {
  beforeEach(async () => {
    await send("POST /events/1/memberslists/1", { as: "board", body: buildMembersList(600) });
    await applyAs(statutory, 1, ["member", "second", "traveller"]);
    await giveDelegate(1, 3);
    await giveDelegate(2, 1);
    await giveDelegate(3, 2);
  });

  test("are divided by order over those who are confirmed", async () => {
    expect(await readShares("off-event")).toEqual([]);

    await setFlag(1, "confirmed");
    expect(await readShares("off-event")).toEqual([[1, 10]]);

    await setFlag(2, "confirmed");
    await setFlag(3, "confirmed");
    expect(await readShares("off-event")).toEqual([
      [2, 4],
      [3, 3],
      [1, 3],
    ]);
  });

  test("on the spot are divided over those who are registered and have not departed", async () => {
    await setFlag(1, "confirmed");
    await setFlag(2, "confirmed");
    await setFlag(1, "registered");
    expect(await readShares("on-event")).toEqual([[1, 10]]);

    await setFlag(2, "registered");
    await setFlag(1, "departed");
    expect(await readShares("on-event")).toEqual([[2, 10]]);
    expect(await readShares("off-event")).toEqual([
      [2, 5],
      [1, 5],
    ]);
  });

  test("follow when one cancels, changes the body, or the list grows", async () => {
    await setFlag(1, "confirmed");
    await setFlag(2, "confirmed");
    await setFlag(3, "confirmed");

    await send(`PUT ${applications}/2/cancel`, { as: "chair", body: { cancelled: true } });
    expect(await readShares("off-event")).toEqual([
      [3, 5],
      [1, 5],
    ]);
    await send(`PUT ${applications}/me`, { as: "traveller", body: { body_id: 2 } });
    expect(await readShares("off-event")).toEqual([[1, 10]]);
    await send("POST /events/1/memberslists/1", { as: "board", body: buildMembersList(20) });
    expect(await readShares("off-event")).toEqual([[1, 1]]);
    await send(`POST ${applications}/boardview/1`, { as: "board", body: [] });
    expect(await readShares("off-event")).toEqual([]);
  });

  test("stay whole when many flags change at once", async () => {
    await Promise.all([1, 2, 3].map((id) => setFlag(id, "confirmed")));

    const shares = await readShares("off-event");

    expect(shares.map(([, votes]) => votes)).toEqual([4, 3, 3]);
  });

  test("come with who the delegate is, in a fixed number of queries", async () => {
    await setColumns(statutory, 1, { confirmed: true });
    await setFlag(2, "confirmed");

    const counted = await queries.during(() => send(`GET ${path}/delegate`, { as: "member" }));
    const body = readData(await send(`GET ${path}/1`, { as: "member" }));

    expect(counted).toHaveLength(5);
    expect(body).toMatchObject({
      antenna: { body_id: 1, votes: 10 },
      delegate: [
        { user_id: 20, application: { id: 2, first_name: "Sam", statutory_id: "001-0002" } },
        { user_id: 3 },
      ],
    });
  });
});
