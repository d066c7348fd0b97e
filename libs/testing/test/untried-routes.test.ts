import Fastify, { type FastifyInstance } from "fastify";
import { afterEach, beforeEach, expect, test } from "vitest";

import { findUntriedRoutes } from "../src/index.ts";

let app: FastifyInstance;

beforeEach(() => {
  app = Fastify();
  app.get("/openapi.json", async () => ({
    paths: { "/events/mine": { get: {} }, "/events/{event}": { get: {}, put: {} } },
  }));
});

afterEach(() => app.close());

test.each([
  [[], ["GET /events/mine", "GET /events/{event}", "PUT /events/{event}"]],
  [["GET /events/mine"], ["GET /events/{event}", "PUT /events/{event}"]],
  [["GET /events/1"], ["GET /events/mine", "PUT /events/{event}"]],
  [["PUT /events/1/more"], ["GET /events/mine", "GET /events/{event}", "PUT /events/{event}"]],
  [["GET /events/mine", "GET /events/1", "PUT /events/1"], []],
])("who tried %j left out %j", async (tried, untried) => {
  expect(await findUntriedRoutes(app, tried)).toEqual(untried);
});
