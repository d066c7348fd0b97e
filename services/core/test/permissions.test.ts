import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
import { send, tokensOf } from "./requests.ts";

let core: TestCore;
let tokens: Awaited<ReturnType<typeof readTokens>>;
beforeAll(async () => {
  core = await startCore();
});
beforeEach(async () => {
  await core.reset();
  tokens = await readTokens();
});
afterAll(() => core.app.close());

describe("permissions", () => {
  test("are there to read for everybody who is logged in", async () => {
    const { status, body } = await send(core.app, "GET /permissions?query=discounts", {
      token: tokens.stranger,
    });

    expect(status).toBe(200);
    expect(body.data).toMatchObject([{ combined: "global:manage:discounts", filters: [] }]);
    const one = await send(core.app, `GET /permissions/${body.data[0].id}`, {
      token: tokens.stranger,
    });
    expect(one.body.data.circles).toEqual([{ id: 5, name: "Comité Directeur", body_id: null }]);
    expect((await send(core.app, "GET /permissions")).status).toBe(401);
    const unknown = await send(core.app, "GET /permissions/99999", { token: tokens.stranger });
    expect(unknown.status).toBe(404);
  });

  test("are made, changed and deleted by whoever may", async () => {
    const body = { scope: "local", action: "sing", object: "song", filters: ["tune"] };
    const make = (token: string) => send(core.app, "POST /permissions", { token, body });

    expect((await make(tokens.board)).status).toBe(403);
    const made = await make(tokens.admin);
    expect(made.body.data).toMatchObject({ combined: "local:sing:song", filters: ["tune"] });
    expect((await make(tokens.admin)).body.errors).toHaveProperty("action");

    const path = `/permissions/${made.body.data.id}` as const;
    const change = { description: "Out loud.", combined: "global:be:king" };
    expect(
      (await send(core.app, `PUT ${path}`, { token: tokens.board, body: change })).status,
    ).toBe(403);
    const changed = await send(core.app, `PUT ${path}`, { token: tokens.admin, body: change });
    expect(changed.body.data).toMatchObject({
      combined: "local:sing:song",
      description: "Out loud.",
      filters: ["tune"],
    });
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.board })).status).toBe(403);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.admin })).status).toBe(200);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.admin })).status).toBe(404);
  });

  test("refuse what is no word", async () => {
    const body = { action: "view:all", object: "" };

    const answer = await send(core.app, "POST /permissions", { token: tokens.admin, body });

    expect(Object.keys(answer.body.errors).toSorted()).toEqual(["action", "object"]);
  });

  test("say who holds them, through circles below and as superadmin", async () => {
    const found = await send(core.app, "GET /permissions?query=manage:discounts", {
      token: tokens.admin,
    });
    const path = `/permissions/${found.body.data[0].id}/members` as const;

    const { body } = await send(core.app, `GET ${path}?sort=id`, { token: tokens.admin });

    expect(body.data.map(({ username }: { username: string }) => username)).toEqual([
      "admin",
      "netdirector",
      "treasurer",
      "cd",
    ]);
    expect((await send(core.app, `GET ${path}`, { token: tokens.cd })).status).toBe(403);
  });
});

describe("campaigns", () => {
  test("tell strangers what they need to sign up", async () => {
    const { status, body } = await send(core.app, "GET /campaigns/testburg");

    expect(status).toBe(200);
    expect(body.data).toEqual({
      id: 2,
      name: "Join AEGEE-Testburg",
      url: "testburg",
      active: true,
      description_short: "Sign up to AEGEE-Testburg",
      description_long: "Whoever signs up here is a member of AEGEE-Testburg.",
      autojoin_body: { id: 1, name: "AEGEE-Testburg", code: "TST", type: "antenna" },
    });
    expect((await send(core.app, "GET /campaigns/2")).body).toEqual(body);
    expect((await send(core.app, "GET /campaigns/none")).status).toBe(404);
  });

  test("are run by whoever may", async () => {
    const body = { name: "Winter", url: "winter", autojoin_body_id: 1, id: 1 };
    const make = (token: string | undefined, changes: object = {}) =>
      send(core.app, "POST /campaigns", { token, body: { ...body, ...changes } });

    expect((await make(undefined)).status).toBe(401);
    expect((await make(tokens.board)).status).toBe(403);
    const made = await make(tokens.admin);
    expect(made.body.data).toMatchObject({ url: "winter", active: true, autojoin_body_id: 1 });
    expect((await make(tokens.admin)).body.errors).toHaveProperty("url");
    expect((await make(tokens.admin, { url: "123" })).body.errors).toHaveProperty("url");
    expect(
      (await make(tokens.admin, { url: "x", autojoin_body_id: 999 })).body.errors,
    ).toHaveProperty("autojoin_body_id");

    const path = `/campaigns/${made.body.data.id}` as const;
    const changed = await send(core.app, `PUT ${path}`, {
      token: tokens.admin,
      body: { active: false, autojoin_body_id: null },
    });
    expect(changed.body.data).toMatchObject({
      active: false,
      autojoin_body_id: null,
      name: "Winter",
    });
    expect((await send(core.app, `PUT ${path}`, { token: tokens.cd, body: {} })).status).toBe(403);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.cd })).status).toBe(403);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.admin })).status).toBe(200);
    expect((await send(core.app, `GET ${path}`)).status).toBe(404);
  });

  test("are listed, with their members, for whoever may see them", async () => {
    const listed = await send(core.app, "GET /campaigns?query=testburg", { token: tokens.admin });
    const members = await send(core.app, "GET /campaigns/2/members", { token: tokens.admin });

    expect(listed.body.data).toHaveLength(1);
    expect(members.body.meta.count).toBe(0);
    expect((await send(core.app, "GET /campaigns", { token: tokens.board })).status).toBe(403);
    expect((await send(core.app, "GET /campaigns/2/members", { token: tokens.cd })).status).toBe(
      403,
    );
  });

  test("of a body lead into that body only", async () => {
    const made = await send(core.app, "POST /bodies/1/campaigns", {
      token: tokens.board,
      body: { name: "Ours", url: "ours", autojoin_body_id: 2, activate_user: true },
    });
    expect(made.body.data).toMatchObject({ autojoin_body_id: 1, activate_user: false });
    const path = `/bodies/1/campaigns/${made.body.data.id}` as const;

    const changed = await send(core.app, `PUT ${path}`, {
      token: tokens.board,
      body: { autojoin_body_id: 2, name: "Still ours", activate_user: true },
    });

    expect(changed.body.data).toMatchObject({
      autojoin_body_id: 1,
      name: "Still ours",
      activate_user: false,
    });
    expect((await send(core.app, `GET ${path}`, { token: tokens.board })).status).toBe(200);
    expect((await send(core.app, `GET ${path}/members`, { token: tokens.board })).status).toBe(200);
    expect((await send(core.app, `GET ${path}`, { token: tokens.cd })).status).toBe(403);
    const foreign = await send(core.app, "GET /bodies/1/campaigns/1", { token: tokens.board });
    expect(foreign.status).toBe(404);
    const list = await send(core.app, "GET /bodies/1/campaigns", { token: tokens.board });
    expect(list.body.data.map(({ url }: { url: string }) => url)).toEqual(["testburg", "ours"]);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.board })).status).toBe(200);
  });
});

describe("payments", () => {
  const payment = {
    user_id: 3,
    starts: "2026-01-01",
    expires: "2026-12-31",
    amount: 24.5,
    currency: "EUR",
  };
  const pay = (changes: object, token: string = tokens.board, body = 1) =>
    send(core.app, `POST /bodies/${body}/payments`, { token, body: { ...payment, ...changes } });

  test("are kept by the board for its members", async () => {
    const made = await pay({ id: 7, body_id: 2 });
    expect(made.body.data).toMatchObject({
      ...payment,
      body_id: 1,
      comment: "",
      invoice_name: null,
    });
    const path = `/bodies/1/payments/${made.body.data.id}` as const;

    const changed = await send(core.app, `PUT ${path}`, {
      token: tokens.board,
      body: { amount: 30, user_id: 2 },
    });

    expect(changed.body.data).toMatchObject({ amount: 30, user_id: 3 });
    const listed = await send(core.app, "GET /bodies/1/payments", { token: tokens.board });
    expect(listed.body.data).toHaveLength(1);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.board })).status).toBe(200);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.board })).status).toBe(404);
  });

  test("are refused where they make no sense", async () => {
    expect((await pay({ expires: "2026-01-01" })).body.errors).toHaveProperty("expires");
    expect((await pay({ starts: "2026-13-01" })).body.errors).toHaveProperty("starts");
    expect((await pay({ amount: -1 })).body.errors).toHaveProperty("amount");
    expect((await pay({ user_id: 4 })).body.errors).toHaveProperty("user_id");
  });

  test("are the board's alone", async () => {
    expect((await pay({}, tokens.cd)).status).toBe(403);
    expect((await pay({}, tokens.board, 2)).status).toBe(403);
    expect((await send(core.app, "GET /bodies/1/payments", { token: tokens.cd })).status).toBe(403);
  });
});

function readTokens() {
  return tokensOf(core.db, "admin", "board", "stranger", "cd");
}
