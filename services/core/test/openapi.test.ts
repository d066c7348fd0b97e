import { findOpenApiFaults, findUnpagedLists } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
import { send } from "./requests.ts";
import { readRoutes } from "./routes.ts";

let core: TestCore;
beforeAll(async () => {
  core = await startCore();
});
afterAll(() => core.app.close());

test("every route of the real API that belongs to a flow of ours is there", async () => {
  const routes = await readRoutes(core.app);

  expect(routes.map(({ method, path }) => `${method} ${path}`).toSorted()).toMatchInlineSnapshot(`
    [
      "DELETE /bodies/{id}/campaigns/{campaign}",
      "DELETE /bodies/{id}/members",
      "DELETE /bodies/{id}/members/{membership}",
      "DELETE /bodies/{id}/payments/{payment}",
      "DELETE /campaigns/{campaign}",
      "DELETE /circles/{id}",
      "DELETE /circles/{id}/members",
      "DELETE /circles/{id}/members/{membership}",
      "DELETE /circles/{id}/permissions/{permission}",
      "DELETE /members/{id}",
      "DELETE /permissions/{id}",
      "GET /bodies",
      "GET /bodies/{id}",
      "GET /bodies/{id}/campaigns",
      "GET /bodies/{id}/campaigns/{campaign}",
      "GET /bodies/{id}/campaigns/{campaign}/members",
      "GET /bodies/{id}/join-requests",
      "GET /bodies/{id}/members",
      "GET /bodies/{id}/members/{membership}",
      "GET /bodies/{id}/my_permissions",
      "GET /bodies/{id}/payments",
      "GET /campaigns",
      "GET /campaigns/{campaign}",
      "GET /campaigns/{campaign}/members",
      "GET /circles",
      "GET /circles/{id}",
      "GET /circles/{id}/members",
      "GET /circles/{id}/members/{membership}",
      "GET /circles/{id}/my_permissions",
      "GET /circles/{id}/permissions",
      "GET /healthcheck",
      "GET /members",
      "GET /members/unconfirmed",
      "GET /members/{id}",
      "GET /members/{id}/my_permissions",
      "GET /members_email",
      "GET /members_search",
      "GET /my_permissions",
      "GET /permissions",
      "GET /permissions/{id}",
      "GET /permissions/{id}/members",
      "GET /readiness",
      "GET /session",
      "POST /bodies",
      "POST /bodies/{id}/campaigns",
      "POST /bodies/{id}/circles",
      "POST /bodies/{id}/create-member",
      "POST /bodies/{id}/join-requests",
      "POST /bodies/{id}/members",
      "POST /bodies/{id}/payments",
      "POST /campaigns",
      "POST /circles",
      "POST /circles/{id}/members",
      "POST /circles/{id}/permissions",
      "POST /confirm-email",
      "POST /confirm-email-change",
      "POST /login",
      "POST /logout",
      "POST /members/{id}/confirm",
      "POST /my_permissions",
      "POST /password_confirm",
      "POST /password_reset",
      "POST /permissions",
      "POST /renew",
      "POST /signup/{campaign}",
      "PUT /bodies/{id}",
      "PUT /bodies/{id}/campaigns/{campaign}",
      "PUT /bodies/{id}/join-requests/{request}/status",
      "PUT /bodies/{id}/members/{membership}",
      "PUT /bodies/{id}/payments/{payment}",
      "PUT /bodies/{id}/status",
      "PUT /campaigns/{campaign}",
      "PUT /circles/{id}",
      "PUT /circles/{id}/members/{membership}",
      "PUT /circles/{id}/parent",
      "PUT /members/{id}",
      "PUT /members/{id}/active",
      "PUT /members/{id}/email",
      "PUT /members/{id}/password",
      "PUT /members/{id}/primary-body",
      "PUT /members/{id}/superadmin",
      "PUT /permissions/{id}",
    ]
  `);
});

test("the API's description is valid OpenAPI, and names and groups every operation", async () => {
  expect(await findOpenApiFaults(core.app)).toEqual([]);
});

test("every list has a limit, but permissions of one person and mails of up to 500 named ones", async () => {
  expect((await findUnpagedLists(core.app)).toSorted()).toEqual([
    "/bodies/{id}/my_permissions",
    "/circles/{id}/my_permissions",
    "/members/{id}/my_permissions",
    "/members_email",
    "/my_permissions",
  ]);
});

test("every route describes every answer", async () => {
  const document = (await core.app.inject("/openapi.json")).json();
  const operations = Object.entries<Record<string, { responses: object }>>(document.paths)
    .filter(([path]) => !["/healthcheck", "/readiness"].includes(path))
    .flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { responses }]) => ({
        route: `${method} ${path}`,
        answers: Object.keys(responses).toSorted(),
      })),
    );

  const incomplete = operations.filter(({ answers }) => answers.join() !== "2XX,4XX,5XX");
  expect(incomplete).toEqual([]);
});

test("business figures stand in the metrics", async () => {
  const { body } = await core.app.inject("/metrics");

  expect(body).toContain("core_users 12");
  expect(body).toContain("core_users_unconfirmed 1");
  expect(body).toContain("core_outbox_pending 0");
});

test("health and readiness ask for no token and say what they must", async () => {
  const health = await send(core.app, "GET /healthcheck", { token: "whatever" });
  const readiness = await send(core.app, "GET /readiness");

  expect(health.body.data).toMatchObject({ name: "core", version: expect.any(String) });
  expect(readiness.status).toBe(200);
});

test("health never touches the database", async () => {
  const statements = await core.queries.during(() =>
    core.app.inject({ url: "/healthcheck", headers: { "x-auth-token": "whatever" } }),
  );

  expect(statements).toEqual([]);
});

test("unknown routes and methods are 404 in the envelope", async () => {
  expect(await send(core.app, "GET /nowhere")).toEqual({
    status: 404,
    body: { success: false, message: "No such route: GET /nowhere" },
  });
});
