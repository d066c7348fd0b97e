import { findUntriedRoutes } from "@myaegee/testing";
import { beforeAll, describe, expect, test } from "vitest";

import { fillDatabase, knownRoutes } from "./routes.ts";
import { startStatutory } from "./start-statutory.ts";

const statutory = await startStatutory({ keepsData: true });
const { app, send, core } = statutory;

// Nothing here gets through, so all tests may share one Agora.
beforeAll(async () => {
  await fillDatabase(statutory);
});

const planRequest = (body: unknown, as?: string) => ({
  ...(body === undefined ? {} : { body }),
  ...(as === undefined ? {} : { as }),
});

describe("every route behind the login", () => {
  test("is tried here, and only these are public", async () => {
    const tried = knownRoutes.map(({ route }) => route);

    expect(await findUntriedRoutes(app, tried)).toEqual([
      "GET /healthcheck",
      "GET /readiness",
      "GET /",
      "GET /events/{event_id}",
    ]);
  });

  test.each(knownRoutes)(
    "$route refuses who sends no or a wrong token",
    async ({ route, body }) => {
      const answers = await Promise.all([
        send(route, planRequest(body)),
        send(route, planRequest(body, "wrong")),
        send(route, { ...planRequest(body), body: "{ no json" }),
      ]);

      expect(answers.map(({ statusCode }) => statusCode)).toEqual([401, 401, 401]);
    },
  );

  test.each(knownRoutes)("$route answers a stranger with $stranger", async (known) => {
    const answer = await send(known.route, planRequest(known.body, "stranger"));

    expect(answer.statusCode).toBe(known.stranger);
  });
});

test("answers 503 while core is away, and asks it once for callers who come together", async () => {
  core.breakDown();
  expect((await send("GET /limits/agora", { as: "crowd1" })).statusCode).toBe(503);
  core.repair();
  core.requests.length = 0;

  await Promise.all([1, 2, 3].map(() => send("GET /events/mine", { as: "crowd2" })));

  expect(core.requests).toEqual(["GET /session"]);
});

test("passes the id of a request on to core", async () => {
  core.requestIds.length = 0;

  const answer = await send("GET /events/mine", {
    as: "crowd3",
    headers: { "x-request-id": "request-of-a-test" },
  });

  expect(answer.headers["x-request-id"]).toBe("request-of-a-test");
  expect(core.requestIds).toEqual(["request-of-a-test"]);
});

describe("a manager of one event", () => {
  test("reaches nothing of another through its own id", async () => {
    const answers = await Promise.all(
      [
        "/events/2/applications/1",
        "/events/2/positions/1/candidates/1",
        "/events/2/plenaries/1",
        "/events/2/memberslists/1",
      ].map((path) => send(`GET ${path}`, { as: "admin" })),
    );

    expect(answers.map(({ statusCode }) => statusCode)).toEqual([404, 404, 404, 404]);
  });
});
