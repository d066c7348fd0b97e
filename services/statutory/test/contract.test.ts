import { expect, test } from "vitest";

import { byText } from "./build.ts";
import { knownRoutes } from "./routes.ts";
import { startStatutory } from "./start-statutory.ts";

const { send } = await startStatutory();

interface Operation {
  route: string;
  answers: string[];
}

async function readOperations(): Promise<Operation[]> {
  const { paths } = (await send("GET /openapi.json")).json();
  return Object.entries<Record<string, { responses: object }>>(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, { responses }]) => ({
      route: `${method.toUpperCase()} ${path}`,
      answers: Object.keys(responses),
    })),
  );
}

test("OpenAPI declares success and failure of every route", async () => {
  const operations = await readOperations();

  const own = operations.filter(({ route }) => !/healthcheck|readiness/.test(route));
  const incomplete = own.filter(
    ({ answers }) =>
      !["4XX", "5XX"].every((answer) => answers.includes(answer)) || answers.length < 3,
  );
  expect(own.length).toBeGreaterThanOrEqual(50);
  expect(incomplete).toEqual([]);
});

test("the tests of access know every route but the open ones", async () => {
  const operations = await readOperations();

  const templates = operations.map(({ route }) => ({
    route,
    pattern: new RegExp(`^${route.replaceAll(/\{\w+\}/g, "[^/]+")}$`),
  }));
  const unknown = templates.filter(
    ({ pattern }) => !knownRoutes.some(({ route }) => pattern.test(route)),
  );
  expect(unknown.map(({ route }) => route).toSorted(byText)).toEqual([
    "GET /",
    "GET /healthcheck",
    "GET /readiness",
  ]);
});

test("health, readiness and metrics answer without a login", async () => {
  const health = await send("GET /healthcheck");
  const ready = await send("GET /readiness");
  const metrics = await send("GET /metrics");

  expect(health.json()).toMatchObject({
    success: true,
    data: { name: "statutory", commit: "unknown", release_set: "none" },
  });
  expect(ready.json()).toEqual({ success: true, data: { checks: { database: "ok", core: "ok" } } });
  expect(metrics.body).toContain("statutory_applications_pending 0");
  expect(metrics.body).toContain("statutory_outbox_pending 0");
});

test("an unknown route is 404 in an envelope", async () => {
  const answer = await send("GET /nothing/here", { as: "member" });

  expect(answer.statusCode).toBe(404);
  expect(answer.json()).toEqual({ success: false, message: "No such route: GET /nothing/here" });
});
