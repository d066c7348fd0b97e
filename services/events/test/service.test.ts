import { baseVariables, createLog, readConfig, type App } from "@myaegee/service-kit";
import { createTestDatabase, startFakeCore, type FakeCore } from "@myaegee/testing";
import Fastify from "fastify";
import { afterAll, beforeAll, expect, test } from "vitest";

import { variables } from "../src/config.ts";
import { service } from "../src/service.ts";
import { planNewEvent } from "./make-event.ts";
import { members, sessions } from "./people.ts";
import { migrationsFolder } from "./start-events.ts";

const mails: { service: unknown; body: unknown }[] = [];
const mailer = Fastify();
mailer.post("/", async ({ headers, body }, reply) => {
  mails.push({ service: headers["x-service"], body });
  return reply.code(202).send({ success: true, data: { ids: [] } });
});
const log = createLog({ level: "silent", service: "events" });
let core: FakeCore;
let app: App;

/** The service as main.ts runs it: an empty database, migrated, seeded, served. */
beforeAll(async () => {
  core = await startFakeCore({ sessions, members });
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
  const context = { config, log, migrationsFolder };
  await service.migrate?.(context);
  await service.migrate?.(context);
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
  expect([alive.statusCode, alive.json().data.name]).toEqual([200, "events"]);
});

test("hands the mails that it promises to the mailer, as itself", async () => {
  const answer = await app.inject({
    method: "POST",
    url: "/",
    headers: { "x-auth-token": "member" },
    payload: planNewEvent(),
  });

  expect(answer.statusCode).toBe(201);
  await expect.poll(() => mails.length, { timeout: 10_000 }).toBe(1);
  expect(mails[0]?.service).toBe("events");
  expect(mails[0]?.body).toMatchObject({
    template: "events_event_created",
    to: ["member@example.org"],
    idempotency_key: expect.stringMatching(/^events:/),
  });
});

test("shows its business in the metrics", async () => {
  const { body } = await app.inject("/metrics");

  expect(body).toContain("\nevents_events_submitted 1\n");
  expect(body).toContain("\nevents_events_published 3\n");
  expect(body).toContain("\nevents_applications_pending 0\n");
  expect(body).toContain("\nevents_outbox_dead 0\n");
});

test("describes each of its routes", async () => {
  const { paths } = (await app.inject("/openapi.json")).json();

  expect(Object.keys(paths).toSorted()).toEqual([
    "/",
    "/boardview/{body_id}",
    "/healthcheck",
    "/mine/approvable",
    "/mine/organizing",
    "/mine/participating",
    "/readiness",
    "/single/{event}",
    "/single/{event}/applications",
    "/single/{event}/applications/export",
    "/single/{event}/applications/{application}",
    "/single/{event}/applications/{application}/attended",
    "/single/{event}/applications/{application}/comment",
    "/single/{event}/applications/{application}/confirmed",
    "/single/{event}/applications/{application}/status",
    "/single/{event}/picture",
    "/single/{event}/status",
    "/single/{event}/upload",
  ]);
});
