import { createCoreClient } from "@myaegee/contracts";
import { createApp, currentRequestId, ok, type App } from "@myaegee/service-kit";
import { buildSession, startFakeCore, type FakeCore } from "@myaegee/testing";
import { afterEach, beforeEach, expect, test } from "vitest";

import {
  auth,
  bodiesWith,
  expectPermission,
  hasPermission,
  optionalSession,
  requireUser,
} from "../src/index.ts";

let core: FakeCore;
let app: App;

beforeEach(async () => {
  core = await startFakeCore({
    sessions: {
      member: buildSession({ local: { "approve_members:events": [1, 7] } }),
      eqac: buildSession({ global: ["approve_event:training"] }),
      admin: buildSession({ user: { superadmin: true } }),
    },
  });
  app = await startApp();
});

afterEach(async () => {
  await app.close();
  await core.stop();
});

async function startApp(): Promise<App> {
  const client = createCoreClient({
    url: core.url,
    service: "things",
    token: "t",
    requestId: currentRequestId,
  });
  const server = await createApp({ name: "things", description: "Things." });
  await server.register(auth, { core: client });
  server.get("/public", async () => ok("everybody"));
  server.get("/mine", async (request) => ok((await requireUser(request)).user.username));
  server.get("/either", async (request) => ok((await optionalSession(request)) !== null));
  server.get("/approvable", async (request) => {
    const session = await requireUser(request);
    expectPermission(session, "approve_event:training");
    return ok(bodiesWith(session, "approve_members:events"));
  });
  return server;
}

async function ask(url: string, token?: string) {
  const headers = token === undefined ? {} : { "x-auth-token": token };
  const answer = await app.inject({ url, headers });
  return { status: answer.statusCode, data: answer.json().data };
}

test("answers 401 without a token and with an unknown one", async () => {
  expect(await ask("/mine")).toMatchObject({ status: 401 });
  expect(await ask("/mine", "unknown")).toMatchObject({ status: 401 });
});

test("knows the caller by their token", async () => {
  expect(await ask("/mine", "member")).toEqual({ status: 200, data: "member" });
});

test("never asks core on a route that does not want to know", async () => {
  await ask("/public", "member");

  expect(core.requests).toEqual([]);
});

test("asks core once for many requests of one caller at the same time", async () => {
  await Promise.all([ask("/mine", "member"), ask("/mine", "member"), ask("/mine", "member")]);

  expect(core.requests).toEqual(["GET /session"]);
});

test("keeps callers apart", async () => {
  await ask("/mine", "member");

  expect(await ask("/mine", "unknown")).toMatchObject({ status: 401 });
});

test("answers 503 while core is away, serves public routes, and recovers at once", async () => {
  core.breakDown();

  expect(await ask("/mine", "member")).toMatchObject({ status: 503 });
  expect(await ask("/either", "member")).toEqual({ status: 200, data: false });
  expect(await ask("/public", "member")).toMatchObject({ status: 200 });

  core.repair();
  expect(await ask("/mine", "member")).toMatchObject({ status: 200 });
});

test("answers 403 without the permission, and lets superadmins pass", async () => {
  expect(await ask("/approvable", "member")).toMatchObject({ status: 403 });
  expect(await ask("/approvable", "eqac")).toMatchObject({ status: 200 });
  expect(await ask("/approvable", "admin")).toMatchObject({ status: 200 });
});

test("passes the request id on to core", async () => {
  const headers = { "x-auth-token": "member", "x-request-id": "trace-me" };
  await app.inject({ url: "/mine", headers });

  expect(core.requestIds).toEqual(["trace-me"]);
});

test("reads permissions from a session", () => {
  const session = buildSession({
    global: ["create:event"],
    local: { "approve_members:agora": [2] },
  });

  expect(hasPermission(session, "create:event")).toBe(true);
  expect(hasPermission(session, "approve_members:agora")).toBe(false);
  expect(bodiesWith(session, "approve_members:agora")).toEqual([2]);
  expect(hasPermission(null, "create:event")).toBe(false);
});
