import { responses, Success } from "@myaegee/contracts";
import { captureLogs } from "@myaegee/testing";
import Type from "typebox";
import { afterEach, beforeEach, expect, test } from "vitest";

import {
  createApp,
  createLog,
  currentRequestId,
  forbidden,
  IdParams,
  ok,
  pageQuery,
  unprocessable,
  type App,
} from "../src/index.ts";

let app: App;
let isDatabaseThere: boolean;
const logs = captureLogs();

const Thing = Type.Object({
  name: Type.String({ minLength: 2 }),
  answers: Type.Array(Type.Object({ value: Type.Integer() })),
});

beforeEach(async () => {
  isDatabaseThere = true;
  app = await createApp({
    name: "things",
    description: "Things for tests.",
    log: createLog({ level: "info", service: "things", destination: logs.stream }),
    checks: {
      database: async () => {
        if (!isDatabaseThere) {
          throw new Error("no database");
        }
      },
    },
    gauges: [{ name: "things", help: "Things there are.", read: async () => 7 }],
    checksResponses: true,
  });
  app.post(
    "/things",
    { schema: { body: Thing, response: responses(Success(Thing)) } },
    async (request) => ok(request.body),
  );
  app.get("/things/:id", { schema: { params: IdParams } }, async (request) =>
    ok(request.params.id),
  );
  app.get("/things", { schema: { querystring: Type.Object(pageQuery()) } }, async (request) =>
    ok(request.query),
  );
  app.get("/request-id", async () => ok(currentRequestId()));
  app.post("/request-id", async () => ok(currentRequestId()));
  app.get("/forbidden", async () => Promise.reject(forbidden("Only for boards.")));
  app.get("/fields", async () =>
    Promise.reject(unprocessable({ starts: "Must be before the end." })),
  );
  app.get("/crash", async () => Promise.reject(new Error("the password is 5ecret")));
  app.get("/away", async () =>
    Promise.reject(Object.assign(new Error("connect"), { code: "ECONNREFUSED" })),
  );
  app.get("/broken", { schema: { response: responses(Success(Thing)) } }, async (_request, reply) =>
    reply.send(Object({ success: true, data: { name: 5 } })),
  );
});

afterEach(() => app.close());

test("says what it is without asking anybody", async () => {
  isDatabaseThere = false;

  const answer = await app.inject("/healthcheck");

  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toMatchObject({
    success: true,
    data: { name: "things", description: "Things for tests.", release_set: "none" },
  });
});

test("is ready only while every check holds", async () => {
  const before = await app.inject("/readiness");
  isDatabaseThere = false;
  const after = await app.inject("/readiness");

  expect(before.json()).toEqual({ success: true, data: { checks: { database: "ok" } } });
  expect(after.statusCode).toBe(503);
  expect(after.json()).toEqual({ success: false, message: "Not ready: database." });
});

test("answers 422 by field when a body breaks its schema, and converts nothing", async () => {
  const answer = await app.inject({
    method: "POST",
    url: "/things",
    payload: { name: "x", answers: [{ value: "5" }, {}] },
  });

  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toEqual({
    success: false,
    errors: {
      name: ["must NOT have fewer than 2 characters"],
      "answers.0.value": ["must be integer"],
      "answers.1.value": ["is required"],
    },
  });
});

test.each([
  ["malformed JSON", { payload: "{", headers: { "content-type": "application/json" } }, 400],
  ["another content type", { payload: "x", headers: { "content-type": "text/plain" } }, 415],
  ["a body that is too big", { payload: { name: "x".repeat(2_000_000), answers: [] } }, 413],
  ["a NUL character", { payload: { name: "a\0b", answers: [] } }, 400],
  ["half of a surrogate pair", { payload: { name: "a\uD800b", answers: [] } }, 400],
  ["no body", {}, 422],
])("refuses %s with an envelope", async (_what, request, status) => {
  const answer = await app.inject({ method: "POST", url: "/things", ...request });

  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ success: false });
});

test("refuses JSON that nests absurdly deep", async () => {
  const payload = `{"name":"xx","answers":[{"value":1,"deep":${"[".repeat(50_000)}${"]".repeat(50_000)}}]}`;

  const answer = await app.inject({
    method: "POST",
    url: "/things",
    payload,
    headers: { "content-type": "application/json" },
  });

  expect(answer.statusCode).toBe(400);
});

test.each([
  ["/things/abc", 400],
  ["/things/99999999999", 400],
  ["/things/%00", 400],
  ["/things/%ff", 400],
  ["/nowhere", 404],
  ["/things?limit=0", 422],
  ["/things?limit=9999", 422],
  ["/forbidden", 403],
  ["/away", 503],
])("answers %s with %i and an envelope", async (url, status) => {
  const answer = await app.inject(url);

  expect(answer.statusCode).toBe(status);
  expect(answer.json()).toMatchObject({ success: false });
});

test("pages by default", async () => {
  const answer = await app.inject("/things?offset=20");

  expect(answer.json().data).toEqual({ limit: 50, offset: 20 });
});

test("keeps messages by field", async () => {
  const answer = await app.inject("/fields");

  expect(answer.statusCode).toBe(422);
  expect(answer.json()).toEqual({
    success: false,
    errors: { starts: ["Must be before the end."] },
  });
});

test("hides the cause of a 500 from the caller and logs it with the request id", async () => {
  const answer = await app.inject({ url: "/crash", headers: { "x-request-id": "crash-1" } });

  expect(answer.statusCode).toBe(500);
  expect(answer.body).not.toContain("5ecret");
  expect(logs.lines()).toContainEqual(
    expect.objectContaining({ level: "error", request_id: "crash-1", status: 500 }),
  );
});

test.each(["GET", "POST"] as const)("takes the caller's request id over for %s", async (method) => {
  const answer = await app.inject({
    method,
    url: "/request-id",
    headers: { "x-request-id": "abc-123" },
    ...(method === "POST" ? { payload: {} } : {}),
  });

  expect(answer.headers["x-request-id"]).toBe("abc-123");
  expect(answer.json().data).toBe("abc-123");
});

test("makes a request id of its own when the caller's could forge a log line", async () => {
  const answer = await app.inject({ url: "/request-id", headers: { "x-request-id": 'a"}{' } });

  expect(answer.headers["x-request-id"]).toMatch(/^[0-9a-f-]{36}$/);
});

test("counts requests by route template and shows business figures", async () => {
  await app.inject("/things/5");
  await app.inject("/things/6");

  const answer = await app.inject("/metrics");

  expect(answer.body).toContain(
    'things_requests_total{endpoint="/things/:id",method="GET",status="200"} 2',
  );
  expect(answer.body).toContain("things_things 7");
  expect(answer.body).toContain("process_cpu_seconds_total");
});

test("describes its routes as OpenAPI", async () => {
  const answer = await app.inject("/openapi.json");

  expect(answer.json()).toMatchObject({
    openapi: "3.1.0",
    servers: [{ url: "/api/things" }],
    paths: { "/things": { post: {} }, "/healthcheck": { get: {} } },
  });
});

test("turns an answer that breaks its schema into a 500 under test", async () => {
  const answer = await app.inject("/broken");

  expect(answer.statusCode).toBe(500);
});

test("takes a path with a slash at the end for the same path", async () => {
  const answer = await app.inject("/things/5/");

  expect(answer.json()).toEqual({ success: true, data: 5 });
});
