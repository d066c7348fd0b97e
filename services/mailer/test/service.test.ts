import { baseVariables, createLog, readConfig, type App } from "@myaegee/service-kit";
import {
  createTestDatabase,
  startFakeCore,
  startSmtpSink,
  type FakeCore,
  type SmtpSink,
} from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { variables } from "../src/config.ts";
import { service } from "../src/service.ts";
import { asEvents, buildMail, migrationsFolder, serviceTokens } from "./start-mailer.ts";

let core: FakeCore;
let sink: SmtpSink;
let app: App;

/** The service as main.ts runs it: an empty database, migrated, served. */
beforeAll(async () => {
  core = await startFakeCore({ sessions: {} });
  sink = await startSmtpSink();
  const { url } = await createTestDatabase({ migrate: async () => {}, template: "empty" });
  const config = readConfig(
    { ...baseVariables, ...variables },
    {
      DATABASE_URL: url,
      CORE_URL: core.url,
      SMTP_URL: sink.url,
      PUBLIC_URL: "https://my.example.org",
      SERVICE_TOKEN: "0123456789abcdef",
      SERVICE_TOKENS: JSON.stringify(serviceTokens),
      MAIL_FROM: "Somebody else <other@example.org>",
    },
  );
  const log = createLog({ level: "silent", service: "mailer" });
  const context = { config, log, migrationsFolder };
  await service.migrate?.(context);
  app = await service.serve(context);
});

afterAll(async () => {
  await app.close();
  await Promise.all([core.stop(), sink.stop()]);
});

test("takes mails while core is away: it needs nobody but its database", async () => {
  core.breakDown();
  const ready = await app.inject("/readiness");
  const answer = await app.inject({
    method: "POST",
    url: "/",
    headers: asEvents,
    payload: buildMail(),
  });
  core.repair();

  expect([ready.statusCode, answer.statusCode]).toEqual([200, 202]);
});

test("sends what it took, in the name and with the links of its settings", async () => {
  await expect.poll(() => sink.messages.length, { timeout: 10_000 }).toBe(1);

  const [mail] = sink.messages;
  expect(mail?.from).toContain("other@example.org");
  expect(mail?.text).toContain("https://my.example.org/");
});

test("shows its queue in the metrics", async () => {
  const { body } = await app.inject("/metrics");

  expect(body).toContain("\nmailer_messages_queued 0\n");
  expect(body).toContain("\nmailer_messages_dead 0\n");
});
