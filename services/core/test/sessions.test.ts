import { seedUsers } from "@myaegee/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { serviceHeaders, startCore, type TestCore } from "./app.ts";
import { logIn, send, tokenOf } from "./requests.ts";

let core: TestCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.app.close());

describe("POST /login", () => {
  test("answers both tokens, beside data too", async () => {
    const body = { username: "member", password: "5ecret5ecret" };
    const answer = await send(core.app, "POST /login", { body });

    expect(answer.status).toBe(200);
    expect(answer.body.access_token).toMatch(/^[0-9a-f]{32}$/);
    expect(answer.body.refresh_token).toMatch(/^[0-9a-f]{128}$/);
    expect(answer.body.data).toEqual({
      access_token: answer.body.access_token,
      refresh_token: answer.body.refresh_token,
    });
  });

  test("takes the email as well, in any case", async () => {
    const tokens = await logIn(core.app, " MEMBER@Example.org ");

    const { body } = await send(core.app, "GET /session", { token: tokens.access_token });
    expect(body.data.user.username).toBe("member");
  });

  test("stores no token as it is", async () => {
    const tokens = await logIn(core.app, "member");

    const stored = await core.db.selectFrom("access_tokens").select("token_hash").execute();
    const hashes = stored.map(({ token_hash }) => token_hash.toString("hex"));
    expect(hashes).not.toContain(tokens.access_token);
  });

  test("answers the same to an unknown name and to a wrong password", async () => {
    const unknown = await send(core.app, "POST /login", {
      body: { username: "nobody", password: "5ecret5ecret" },
    });
    const wrong = await send(core.app, "POST /login", {
      body: { username: "member", password: "wrong password" },
    });

    expect(unknown).toEqual({
      status: 403,
      body: { success: false, message: "Username or password is not valid." },
    });
    expect(wrong).toEqual(unknown);
  });

  test("tells of a suspension only to who knows the password", async () => {
    const right = { username: "suspended", password: "5ecret5ecret" };

    expect(await send(core.app, "POST /login", { body: right })).toEqual({
      status: 403,
      body: { success: false, message: "Your account is suspended." },
    });
    expect(
      await send(core.app, "POST /login", { body: { ...right, password: "wrong password" } }),
    ).toMatchObject({ status: 403, body: { message: "Username or password is not valid." } });
  });

  test("refuses an account whose mail nobody confirmed", async () => {
    const body = { username: "unconfirmed", password: "5ecret5ecret" };

    expect(await send(core.app, "POST /login", { body })).toEqual({
      status: 403,
      body: { success: false, message: "Please confirm your mail first." },
    });
  });

  test("says which field is missing", async () => {
    const { status, body } = await send(core.app, "POST /login", { body: { username: "member" } });

    expect(status).toBe(422);
    expect(body.errors).toEqual({ password: ["is required"] });
  });
});

describe("POST /renew", () => {
  test("gives two new tokens, and keeps the old access token until it expires", async () => {
    const first = await logIn(core.app, "member");

    const renewed = await renew(first.refresh_token);

    expect(renewed.status).toBe(200);
    expect(renewed.body.refresh_token).not.toBe(first.refresh_token);
    expect(await statusOfSession(renewed.body.access_token)).toBe(200);
    expect(await statusOfSession(first.access_token)).toBe(200);
  });

  test("revokes the whole family when a spent token comes back", async () => {
    const first = await logIn(core.app, "member");
    const second = (await renew(first.refresh_token)).body;

    expect((await renew(first.refresh_token)).status).toBe(403);

    expect((await renew(second.refresh_token)).status).toBe(403);
    expect(await statusOfSession(second.access_token)).toBe(401);
  });

  test("leaves the families of other logins alone", async () => {
    const stolen = await logIn(core.app, "member");
    const other = await logIn(core.app, "member");
    await renew(stolen.refresh_token);
    await renew(stolen.refresh_token);

    expect((await renew(other.refresh_token)).status).toBe(200);
  });

  test("gives tokens to one of ten who come with the same token at once, and then to none", async () => {
    const { refresh_token: token } = await logIn(core.app, "member");

    const answers = await Promise.all(Array.from({ length: 10 }, () => renew(token)));

    const winners = answers.filter(({ status }) => status === 200);
    expect(winners).toHaveLength(1);
    expect(answers.filter(({ status }) => status === 403)).toHaveLength(9);
    expect(await statusOfSession(winners[0]?.body.access_token)).toBe(401);
  });

  test("refuses a token that is unknown, and one that expired", async () => {
    const { refresh_token: token } = await logIn(core.app, "jc");
    await core.db
      .updateTable("refresh_tokens")
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where("session_id", "in", (query) =>
        query.selectFrom("sessions").where("user_id", "=", seedUsers.jc.id).select("id"),
      )
      .execute();

    expect((await renew(token)).status).toBe(403);
    expect((await renew("0".repeat(128))).status).toBe(403);
  });
});

describe("POST /logout", () => {
  test("revokes access and refresh token", async () => {
    const tokens = await logIn(core.app, "member");

    const body = { refresh_token: tokens.refresh_token };
    expect(await send(core.app, "POST /logout", { body })).toEqual({
      status: 200,
      body: { success: true, message: "You are now logged out." },
    });

    expect(await statusOfSession(tokens.access_token)).toBe(401);
    expect((await renew(tokens.refresh_token)).status).toBe(403);
    expect((await send(core.app, "POST /logout", { body })).status).toBe(403);
  });
});

describe("GET /session", () => {
  test("says who somebody is, what they may do, and where", async () => {
    const token = await tokenOf(core.db, "board");

    const { status, body } = await send(core.app, "GET /session", { token });

    expect(status).toBe(200);
    expect(body.data.user).toEqual({
      id: 2,
      username: "board",
      first_name: "Berta",
      last_name: "Board",
      email: "board@example.org",
      notification_email: "board@example.org",
      date_of_birth: "1998-02-28",
      gender: "prefer not to say",
      superadmin: false,
      active: true,
      primary_body_id: 1,
      bodies: [{ id: 1, name: "AEGEE-Testburg", code: "TST", type: "antenna" }],
    });
    expect(body.data.service).toBeNull();
    expect(body.data.permissions.map((held: { combined: string }) => held.combined)).toEqual([
      "global:create:event",
    ]);
    expect(body.data.local_permissions).toContainEqual({
      action: "approve_members",
      object: "events",
      body_ids: [1],
    });
  });

  test("gives a superadmin every permission there is", async () => {
    const token = await tokenOf(core.db, "admin");
    const all = await core.db.selectFrom("permissions").select("id").execute();

    const { body } = await send(core.app, "GET /session", { token });

    expect(body.data.permissions).toHaveLength(all.length);
  });

  test("gives somebody without circles nothing", async () => {
    const token = await tokenOf(core.db, "stranger");

    const { body } = await send(core.app, "GET /session", { token });

    expect(body.data).toMatchObject({ permissions: [], local_permissions: [] });
    expect(body.data.user.bodies).toEqual([]);
  });

  test("knows a service by its token", async () => {
    const { status, body } = await send(core.app, "GET /session", { headers: serviceHeaders });

    expect(status).toBe(200);
    expect(body.data).toEqual({
      user: null,
      service: "events",
      permissions: [],
      local_permissions: [],
    });
  });

  test("refuses a token of another service, an unknown service and no token", async () => {
    const token = serviceHeaders["x-service-token"];

    expect(await statusOfService({ "x-service": "events", "x-service-token": "guess" })).toBe(401);
    expect(await statusOfService({ "x-service": "mailer", "x-service-token": token })).toBe(401);
    expect(await statusOfService({ "x-service": "constructor", "x-service-token": token })).toBe(
      401,
    );
    expect(await statusOfService({ "x-service": "events" })).toBe(401);
    expect(await statusOfService({})).toBe(401);
  });

  test("refuses an access token that expired", async () => {
    const token = await tokenOf(core.db, "treasurer");
    await core.db
      .updateTable("access_tokens")
      .set({ expires_at: new Date(Date.now() - 1000) })
      .where("session_id", "in", (query) =>
        query.selectFrom("sessions").where("user_id", "=", seedUsers.treasurer.id).select("id"),
      )
      .execute();

    expect(await statusOfSession(token)).toBe(401);
  });
});

async function renew(token: string) {
  return send(core.app, "POST /renew", { body: { refresh_token: token } });
}

async function statusOfSession(token: string): Promise<number> {
  return (await send(core.app, "GET /session", { token })).status;
}

async function statusOfService(headers: Record<string, string>): Promise<number> {
  return (await send(core.app, "GET /session", { headers })).status;
}
