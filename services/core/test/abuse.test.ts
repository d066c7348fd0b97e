import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { serviceHeaders, startCore, type TestCore } from "./app.ts";
import { send, tokensOf } from "./requests.ts";
import { readRoutes, type Route } from "./routes.ts";

let core: TestCore;
let tokens: Awaited<ReturnType<typeof readTokens>>;
let routes: Route[];
beforeAll(async () => {
  core = await startCore();
  tokens = await readTokens();
  routes = (await readRoutes(core.app)).filter(({ path }) => !infrastructure.has(path));
  await core.db
    .insertInto("payments")
    .values({
      id: 1,
      body_id: 1,
      user_id: 3,
      starts: "2026-01-01",
      expires: "2026-12-31",
      amount: 1,
      currency: "EUR",
    })
    .execute();
  await core.db.insertInto("join_requests").values({ id: 1, body_id: 1, user_id: 12 }).execute();
});
afterAll(() => core.app.close());

const infrastructure = new Set(["/healthcheck", "/readiness"]);

/** Things of AEGEE-Testburg and of its member 3, by the name of the parameter. */
const othersIds: Readonly<Record<string, string>> = {
  "/members/{id}": "3",
  "/bodies/{id}": "1",
  "/circles/{id}": "21",
  "/permissions/{id}": "1",
};

/** Bodies that would be right if the caller were. */
const bodies: Readonly<Record<string, object>> = {
  "PUT /members/{id}/active": { active: false },
  "PUT /members/{id}/superadmin": { superadmin: true },
  "PUT /members/{id}/primary-body": { primary_body_id: null },
  "PUT /members/{id}/email": { new_email: "thief@example.org" },
  "PUT /members/{id}/password": { old_password: "5ecret5ecret", password: "thief's password" },
  "POST /bodies": { name: "B", description: "B", code: "BBB", email: "b@example.org" },
  "PUT /bodies/{id}/status": { status: "deleted" },
  "POST /bodies/{id}/members": { user_id: 4 },
  "POST /bodies/{id}/create-member": {
    username: "thief",
    email: "thief@example.org",
    first_name: "A",
    last_name: "Thief",
  },
  "PUT /bodies/{id}/members/{membership}": { comment: "x" },
  "PUT /bodies/{id}/join-requests/{request}/status": { status: "approved" },
  "POST /bodies/{id}/circles": { name: "C", description: "C" },
  "POST /bodies/{id}/campaigns": { name: "C", url: "c" },
  "POST /bodies/{id}/payments": {
    user_id: 3,
    starts: "2026-01-01",
    expires: "2026-12-31",
    amount: 1,
    currency: "EUR",
  },
  "POST /circles": { name: "C", description: "C" },
  "PUT /circles/{id}/parent": { parent_circle_id: 4 },
  "POST /circles/{id}/members": { user_id: 4 },
  "PUT /circles/{id}/members/{membership}": { position: "x" },
  "POST /circles/{id}/permissions": { permission_id: 1 },
  "POST /permissions": { action: "x", object: "y" },
  "POST /campaigns": { name: "C", url: "c" },
  "POST /my_permissions": { action: "view", object: "member" },
};

/** What a stranger who is logged in may do; everything else is refused. */
const openToStrangers = [
  "GET /session",
  "GET /my_permissions",
  "POST /my_permissions",
  "GET /members/{id}/my_permissions",
  "GET /bodies",
  "GET /bodies/{id}",
  "GET /bodies/{id}/my_permissions",
  "POST /bodies/{id}/join-requests",
  "GET /circles",
  "GET /circles/{id}",
  "GET /circles/{id}/my_permissions",
  "GET /circles/{id}/permissions",
  "GET /permissions",
  "GET /permissions/{id}",
  "GET /campaigns/{campaign}",
];
/** What nobody needs a token for. */
const openToAll = [
  "POST /signup/{campaign}",
  "POST /confirm-email",
  "POST /confirm-email-change",
  "POST /login",
  "POST /renew",
  "POST /logout",
  "POST /password_reset",
  "POST /password_confirm",
  "GET /bodies",
  "GET /bodies/{id}",
  "GET /campaigns/{campaign}",
];
/** What services may ask, beside what is open to all. */
const openToServices = [
  "GET /session",
  "GET /members/{id}",
  "GET /members_email",
  "GET /bodies/{id}/members",
];

describe("every route", () => {
  test("refuses whoever did not log in, unless it is for all", async () => {
    const answers = await sendAll({});

    expect(answers.filter(({ status }) => status !== 401).map(({ route }) => route)).toEqual(
      sameOrder(openToAll),
    );
  });

  test("refuses a stranger on everything of others", async () => {
    const answers = await sendAll(
      { token: tokens.stranger },
      (route) => !openToAll.includes(route),
    );

    const let_in = answers.filter(({ status }) => ![403, 404].includes(status));
    expect(let_in.map(({ route }) => route)).toEqual(
      sameOrder(openToStrangers.filter((route) => !openToAll.includes(route))),
    );
  });

  test("refuses services but where they are meant", async () => {
    const answers = await sendAll(
      { headers: serviceHeaders },
      (route) => !openToAll.includes(route),
    );

    const let_in = answers.filter(({ status }) => status !== 401);
    expect(let_in.map(({ route }) => route)).toEqual(sameOrder(openToServices));
  });

  test.each([
    "0",
    "-1",
    "1.5",
    "1e3",
    "99999999999",
    "%00",
    "%ED%A0%80",
    "1%27%20or%201=1",
    "..%2f1",
  ])("answers 4xx to the id %s, which is none", async (id) => {
    const withIds = routes.filter(({ path }) => path.includes("{"));
    const answers = await Promise.all(
      withIds.map(async ({ method, path }) => {
        const url = path.replaceAll(/\{\w+\}/g, id);
        const { statusCode } = await core.app.inject({
          method,
          url,
          headers: { "x-auth-token": tokens.admin },
          ...(method === "GET" || method === "DELETE" ? {} : { payload: {} }),
        });
        return `${statusCode} ${method} ${url}`;
      }),
    );

    expect(answers.filter((answer) => !answer.startsWith("4"))).toEqual([]);
  });
});

describe("texts that break others", () => {
  test.each(["a\0b", "\uD800", "\uDC00x"])("%j is refused in bodies and queries", async (text) => {
    const token = tokens.admin;
    const inBody = await send(core.app, "PUT /members/3", { token, body: { about_me: text } });
    const inLogin = await send(core.app, "POST /login", {
      body: { username: text, password: text },
    });

    expect(inBody.status).toBe(400);
    expect(inLogin.status).toBe(400);
  });

  test("are refused in queries too", async () => {
    const { status } = await send(core.app, "GET /members?query=%00", { token: tokens.admin });

    expect(status).toBe(400);
  });

  test("are no SQL, wherever somebody puts them", async () => {
    const attack = "'; drop table users; --";
    await send(core.app, "POST /login", { body: { username: attack, password: attack } });
    await send(core.app, "PUT /members/3", { token: tokens.admin, body: { about_me: attack } });
    await send(core.app, `GET /circles?query=${encodeURIComponent(attack)}`, {
      token: tokens.admin,
    });
    await send(core.app, "POST /my_permissions", {
      token: tokens.admin,
      body: { action: attack, object: attack },
    });
    await send(core.app, "GET /session", { token: attack });
    await send(core.app, "GET /session", {
      headers: { "x-service": attack, "x-service-token": attack },
    });

    const { body } = await send(core.app, "GET /members/3", { token: tokens.admin });
    expect(body.data.about_me).toBe(attack);
  });

  test("in a token are simply no token", async () => {
    const strange = await send(core.app, "GET /session", { token: "\u00e9".repeat(5000) });

    expect(strange.status).toBe(401);
  });
});

async function sendAll(
  credentials: { token?: string; headers?: Record<string, string> },
  filter: (route: string) => boolean = () => true,
) {
  const wanted = routes.filter(({ method, path }) => filter(`${method} ${path}`));
  return Promise.all(
    wanted.map(async ({ method, path }) => {
      const route = `${method} ${path}`;
      const query = path === "/members_email" ? "?query=3" : "";
      const { status } = await send(core.app, `${method} /${fillIn(path).slice(1)}${query}`, {
        ...credentials,
        ...(method === "GET" || method === "DELETE" ? {} : { body: bodies[route] ?? {} }),
      });
      return { route, status };
    }),
  );
}

function fillIn(path: string): string {
  const start = Object.keys(othersIds).find((known) => path.startsWith(known)) ?? "";
  return path.replace("{id}", othersIds[start] ?? "1").replaceAll(/\{\w+\}/g, "1");
}

function sameOrder(expected: readonly string[]): string[] {
  const all = routes.map(({ method, path }) => `${method} ${path}`);
  return all.filter((route) => expected.includes(route));
}

function readTokens() {
  return tokensOf(core.db, "admin", "stranger");
}
