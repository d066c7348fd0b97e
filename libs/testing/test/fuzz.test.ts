import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";

import { fuzzApp } from "../src/index.ts";

let app: FastifyInstance;

const body = {
  type: "object",
  required: ["name", "size"],
  properties: { name: { type: "string", maxLength: 20 }, size: { type: "integer", minimum: 1 } },
};
const document = {
  paths: {
    "/things/{id}": {
      put: {
        parameters: [{ name: "id", in: "path", schema: { type: "integer" } }],
        requestBody: { content: { "application/json": { schema: body } } },
      },
    },
  },
};

beforeEach(() => {
  app = Fastify({ routerOptions: { maxParamLength: 20_000 } });
  app.setErrorHandler((error, _request, reply) => {
    const status = error instanceof Error && "statusCode" in error ? Number(error.statusCode) : 500;
    return reply.code(status).send({ success: false, message: String(error) });
  });
  app.get("/openapi.json", async () => document);
});

afterEach(() => app.close());

function fuzz(seed = 1) {
  return fuzzApp({ app, callers: [{}], requestsPerRoute: 150, seed });
}

test("finds the text that breaks a handler", async () => {
  app.put("/things/:id", async (request) => {
    if (JSON.stringify(request.body).includes(String.raw`\u0000`)) {
      throw new Error("invalid byte sequence");
    }
    return { success: true };
  });

  const report = await fuzz();

  expect(report.faults.join()).toContain("invalid byte sequence");
  expect(report.serverErrors).toBe(report.statuses[500]);
  expect(report.schemaFaults).toBe(0);
});

test("finds an answer that is no envelope", async () => {
  app.put("/things/:id", async () => ({ done: true }));

  const report = await fuzz();

  expect(report.faults[0]).toContain('no envelope: {"done":true}');
  expect(report.schemaFaults).toBe(report.statuses[200]);
});

test("sends what a schema takes as well as what it does not, the same for the same seed", async () => {
  app.put("/things/:id", { schema: { body } }, async () => ({ success: true }));

  const report = await fuzz();

  expect(report).toMatchObject({ routes: 1, requests: 150, faults: [] });
  expect(report.statuses[200]).toBeGreaterThan(50);
  expect(report.statuses[400]).toBeGreaterThan(10);
  expect(await fuzz()).toEqual(report);
});

test("brings the data back before a route and after each hundred requests", async () => {
  app.put("/things/:id", async () => ({ success: true }));
  let refills = 0;

  await fuzzApp({
    app,
    callers: [{}],
    requestsPerRoute: 150,
    seed: 1,
    refill: async () => {
      refills += 1;
    },
  });

  expect(refills).toBe(2);
});
