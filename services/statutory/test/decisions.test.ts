import { beforeEach, describe, expect, test } from "vitest";

import { applyAs, buildAgora, publishEvent, readData, setColumns } from "./build.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory();
const { send, clock } = statutory;
const path = "/events/1/applications";

beforeEach(async () => {
  await publishEvent(statutory, buildAgora());
});

describe("flags", () => {
  beforeEach(async () => {
    await applyAs(statutory, 1, ["member"]);
  });

  test("one cancels one's own application within the period", async () => {
    const answer = await send(`PUT ${path}/me/cancel`, { as: "member", body: { cancelled: true } });
    expect(answer.json().data.cancelled).toBe(true);

    clock.now = new Date(Date.now() + 8 * 24 * 60 * 60 * 1000);
    const late = await send(`PUT ${path}/me/cancel`, { as: "member", body: { cancelled: false } });
    const manager = await send(`PUT ${path}/1/cancel`, { as: "chair", body: { cancelled: false } });
    expect([late.statusCode, manager.statusCode]).toEqual([403, 200]);
  });

  test.each([
    ["cancel", "cancelled", ["member", "chair"]],
    ["confirmed", "confirmed", ["host", "chair"]],
    ["incoming", "incoming", ["host", "chair"]],
    ["attended", "attended", ["host", "chair"]],
    ["registered", "registered", ["jc", "chair"]],
    ["departed", "departed", ["jc", "chair"]],
    ["is_on_memberslist", "is_on_memberslist", ["netdirector", "chair"]],
  ])("%s is changed by those who may, and by nobody else", async (action, flag, allowed) => {
    await setColumns(statutory, 1, { confirmed: true, registered: true });
    const people = ["member", "second", "board", "host", "jc", "netdirector", "epmChair", "chair"];

    const answers = await Promise.all(
      people.map((as) => send(`PUT ${path}/1/${action}`, { as, body: { [flag]: true } })),
    );

    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses).toEqual(people.map((person) => (allowed.includes(person) ? 200 : 403)));
    expect((await send(`PUT ${path}/1/${action}`, { body: { [flag]: true } })).statusCode).toBe(
      401,
    );
  });

  test.each([
    ["confirmed", true, { cancelled: true }],
    ["confirmed", false, { confirmed: true, attended: true }],
    ["incoming", true, { cancelled: true }],
    ["attended", true, {}],
    ["registered", true, {}],
    ["registered", false, { confirmed: true, registered: true, departed: true }],
    ["departed", true, { confirmed: true }],
  ])("%s does not become %s with %j", async (flag, value, flags) => {
    await setColumns(statutory, 1, { cancelled: false, ...flags });

    const answer = await send(`PUT ${path}/1/${flag}`, { as: "chair", body: { [flag]: value } });

    expect(answer.statusCode).toBe(422);
    expect(Object.keys(answer.json().errors)).toEqual([flag]);
  });

  test("only cancelling works for oneself by me", async () => {
    const answer = await send(`PUT ${path}/me/confirmed`, {
      as: "chair",
      body: { confirmed: true },
    });

    expect(answer.statusCode).toBe(403);
  });

  test("must be true or false", async () => {
    const answer = await send(`PUT ${path}/1/confirmed`, {
      as: "chair",
      body: { confirmed: "yes" },
    });

    expect(answer.statusCode).toBe(422);
  });
});

describe("status", () => {
  beforeEach(async () => {
    await applyAs(statutory, 1, ["member"]);
  });

  test.each(["accepted", "rejected", "waiting_list", "pending"])(
    "moves from anywhere to %s for managers",
    async (status) => {
      await setColumns(statutory, 1, { status: "waiting_list" });

      const answer = await send(`PUT ${path}/1/status`, { as: "chair", body: { status } });

      expect(readData(answer).status).toBe(status);
    },
  );

  test.each([
    [undefined, 401],
    ["member", 403],
    ["board", 403],
    ["host", 403],
    ["epmChair", 403],
  ])("is answered to %s with %i", async (as, status) => {
    const request = { body: { status: "accepted" }, ...(as === undefined ? {} : { as }) };

    expect((await send(`PUT ${path}/1/status`, request)).statusCode).toBe(status);
  });

  test("knows four values only, and never oneself by me", async () => {
    const unknown = await send(`PUT ${path}/1/status`, { as: "chair", body: { status: "great" } });
    const own = await send(`PUT ${path}/me/status`, { as: "chair", body: { status: "accepted" } });

    expect([unknown.statusCode, own.statusCode]).toEqual([422, 403]);
  });
});
