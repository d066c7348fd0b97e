import { beforeEach, describe, expect, test } from "vitest";

import { applyAs, buildAgora, publishEvent, readData } from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, clock } = statutory;
const path = "/events/1/applications";
const inTwoWeeks = () => new Date(Date.now() + 15 * 24 * 60 * 60 * 1000);
const delegate = (participant_order: number) => ({
  participant_type: "delegate",
  participant_order,
});

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
  await applyAs(statutory, 1, ["member", "second", "third", "fourth"]);
});

describe("the board's part", () => {
  test("is set together and taken away together", async () => {
    const set = await send(`PUT ${path}/1/board`, {
      as: "board",
      body: { ...delegate(1), board_comment: "Our best." },
    });
    const unset = await send(`PUT ${path}/1/board`, {
      as: "board",
      body: { participant_type: null, participant_order: null },
    });

    expect(readData(set)).toMatchObject({ ...delegate(1), board_comment: "Our best." });
    expect(readData(unset)).toMatchObject({
      participant_type: null,
      participant_order: null,
      board_comment: "Our best.",
    });
  });

  test.each([
    [undefined, 401],
    ["member", 403],
    ["otherBoard", 403],
    ["chair", 403],
    ["approver", 200],
    ["board", 200],
  ])("is answered to %s with %i", async (as, status) => {
    const request = { body: delegate(1), ...(as === undefined ? {} : { as }) };

    expect((await send(`PUT ${path}/1/board`, request)).statusCode).toBe(status);
  });

  test("is closed for boards after the deadline, not for those who approve everywhere", async () => {
    clock.now = inTwoWeeks();

    expect((await send(`PUT ${path}/1/board`, { as: "board", body: delegate(1) })).statusCode).toBe(
      403,
    );
    const global = await send(`PUT ${path}/1/board`, { as: "approver", body: delegate(1) });
    expect(global.statusCode).toBe(200);
  });

  test.each([
    { participant_type: "delegate" },
    { participant_order: 1 },
    { participant_type: "guest", participant_order: 1 },
    { participant_type: "delegate", participant_order: 0 },
    { participant_type: "delegate", participant_order: 1.5 },
  ])("refuses %j", async (body) => {
    expect((await send(`PUT ${path}/1/board`, { as: "board", body })).statusCode).toBe(422);
  });

  test("gives a place to one person only", async () => {
    await send(`PUT ${path}/1/board`, { as: "board", body: delegate(1) });

    const answer = await send(`PUT ${path}/2/board`, { as: "board", body: delegate(1) });

    expect(answer.statusCode).toBe(422);
    expect(answer.json().errors).toHaveProperty("participant_order");
  });

  test.each([
    ["an order beyond the limit", delegate(4)],
    ["a type that the body has no places for", { participant_type: "envoy", participant_order: 1 }],
  ])("refuses %s and changes nothing", async (_, body) => {
    expect((await send(`PUT ${path}/1/board`, { as: "board", body })).statusCode).toBe(403);
    const application = readData(await send(`GET ${path}/1`, { as: "board" }));
    expect(application.participant_type).toBeNull();
  });

  test("never exceeds the limit, also when many places are given at once", async () => {
    const limit = { body_id: 1, delegate: 2, envoy: 0, observer: 0, visitor: 0 };
    await send("POST /limits/agora", { as: "chair", body: limit });
    const orders = [1, 2, 1, 2];

    const answers = await Promise.all(
      orders.map((order, index) =>
        send(`PUT ${path}/${index + 1}/board`, { as: "board", body: delegate(order) }),
      ),
    );

    const given = answers.filter(({ statusCode }) => statusCode === 200);
    expect(given).toHaveLength(2);
    expect(answers.every(({ statusCode }) => [200, 403, 422].includes(statusCode))).toBe(true);
  });
});

describe("the board view", () => {
  test("lists the body's applications by type, order and age, with addresses", async () => {
    await send(`PUT ${path}/3/board`, { as: "board", body: delegate(2) });
    await send(`PUT ${path}/4/board`, { as: "board", body: delegate(1) });

    const answer = await send(`GET ${path}/boardview/1`, { as: "board" });

    expect(answer.json().data.map(({ id }: { id: number }) => id)).toEqual([4, 3, 1, 2]);
    expect(answer.json().data[2].notification_email).toBe("member@example.org");
    expect(answer.json().meta.count).toBe(4);
  });

  test.each([
    ["1", undefined, 401],
    ["1", "member", 403],
    ["1", "otherBoard", 403],
    ["2", "board", 403],
    ["x", "board", 400],
    ["1", "approver", 200],
  ])("of body %s is answered to %s with %i", async (body, as, status) => {
    const answer = await send(`GET ${path}/boardview/${body}`, as === undefined ? {} : { as });

    expect(answer.statusCode).toBe(status);
  });

  test("is replaced as a whole, so that places can be swapped", async () => {
    await send(`PUT ${path}/1/board`, {
      as: "board",
      body: { ...delegate(1), board_comment: "A" },
    });
    await send(`PUT ${path}/2/board`, { as: "board", body: delegate(2) });

    const answer = await send(`POST ${path}/boardview/1`, {
      as: "board",
      body: [
        { user_id: 20, ...delegate(1) },
        { user_id: 3, ...delegate(2), board_comment: "B" },
      ],
    });

    expect(answer.json()).toEqual({ success: true, message: "Board information was updated." });
    const { data } = (await send(`GET ${path}/boardview/1`, { as: "board" })).json();
    expect(data).toMatchObject([
      { user_id: 20, ...delegate(1), board_comment: null },
      { user_id: 3, ...delegate(2), board_comment: "B" },
      { participant_type: null },
      { participant_type: null },
    ]);
  });

  test.each([
    ["somebody who has not applied", [{ user_id: 99, ...delegate(1) }], 403],
    ["more than the limit", [{ user_id: 3, ...delegate(4) }], 403],
    [
      "a place twice",
      [
        { user_id: 3, ...delegate(1) },
        { user_id: 20, ...delegate(1) },
      ],
      422,
    ],
    ["no list", { user_id: 3 }, 422],
    ["an entry without an order", [{ user_id: 3, participant_type: "delegate" }], 422],
  ])("refuses %s and keeps what was", async (_, body, status) => {
    await send(`PUT ${path}/2/board`, { as: "board", body: delegate(2) });

    const answer = await send(`POST ${path}/boardview/1`, { as: "board", body });

    expect(answer.statusCode).toBe(status);
    const kept = readData(await send(`GET ${path}/2`, { as: "board" }));
    expect(kept).toMatchObject(delegate(2));
  });

  test("is replaced by the board in its time only", async () => {
    clock.now = inTwoWeeks();

    expect((await send(`POST ${path}/boardview/1`, { as: "board", body: [] })).statusCode).toBe(
      403,
    );
    expect((await send(`GET ${path}/boardview/1`, { as: "board" })).statusCode).toBe(200);
  });
});
