import { baseVariables, createLog, readConfig, type App } from "@myaegee/service-kit";
import { buildSession, createTestDatabase, startFakeCore, type FakeCore } from "@myaegee/testing";
import Fastify from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";

import { variables } from "../src/config.ts";
import { service } from "../src/service.ts";

const mails: { service: unknown; body: unknown }[] = [];
const mailer = Fastify();
mailer.post("/", async ({ headers, body }, reply) => {
  mails.push({ service: headers["x-service"], body });
  return reply.code(202).send({ success: true, data: { ids: [] } });
});
let core: FakeCore;
let app: App;

/** The service as main.ts runs it: an empty database, migrated, seeded twice, served. */
beforeAll(async () => {
  core = await startFakeCore({ sessions: { member: buildSession() } });
  const mailerUrl = await mailer.listen({ port: 0, host: "127.0.0.1" });
  const { url } = await createTestDatabase({ migrate: async () => {}, template: "empty" });
  const config = readConfig(
    { ...baseVariables, ...variables },
    {
      DATABASE_URL: url,
      CORE_URL: core.url,
      MAILER_URL: mailerUrl,
      SERVICE_TOKEN: "0123456789abcdef",
    },
  );
  const context = {
    config,
    log: createLog({ level: "silent", service: "discounts" }),
    migrationsFolder: `${import.meta.dirname}/../migrations`,
  };
  await service.migrate?.(context);
  await service.seed?.(context);
  await service.seed?.(context);
  app = await service.serve(context);
});

afterAll(async () => {
  await app.close();
  await core.stop();
  await mailer.close();
});

test("is ready with its database, its migrations and core, and not without core", async () => {
  const ready = await app.inject("/readiness");
  core.breakDown();
  const alone = await app.inject("/readiness");
  const alive = await app.inject("/healthcheck");
  core.repair();

  expect(ready.statusCode).toBe(200);
  expect([alone.statusCode, alone.json().message]).toEqual([503, "Not ready: core."]);
  expect([alive.statusCode, alive.json().data.name]).toEqual([200, "discounts"]);
});

test("hands the mail with a code to the mailer, as itself", async () => {
  const { data } = (await app.inject({ url: "/integrations", headers })).json();
  const claim = `/integrations/${data[0]?.id}/claim`;
  const answer = await app.inject({ method: "POST", url: claim, headers });

  expect(answer.statusCode).toBe(200);
  await expect.poll(() => mails.length, { timeout: 10_000 }).toBe(1);
  expect(mails[0]).toMatchObject({
    service: "discounts",
    body: {
      template: "custom",
      to: ["member@example.org"],
      idempotency_key: expect.stringMatching(/^discounts:/),
    },
  });
});

test("shows its business in the metrics", async () => {
  const { body } = await app.inject("/metrics");

  expect(body).toMatch(/\ndiscounts_codes_free \d+\n/);
  expect(body).toContain("\ndiscounts_outbox_dead 0\n");
});

const headers = { "x-auth-token": "member" };
