import { createCoreClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { createLog, type App, type Loop } from "@myaegee/service-kit";
import {
  buildSession,
  captureLogs,
  createQueryCounter,
  createTestDatabase,
  startFakeCore,
  startSmtpSink,
  type CapturedLogs,
  type FakeCore,
  type QueryCounter,
  type SmtpSink,
} from "@myaegee/testing";
import type { Kysely } from "kysely";

import { buildApp } from "../src/app.ts";
import { createSmtpSender } from "../src/delivery/smtp-sender.ts";
import { startDelivery, type DeliveryOptions } from "../src/delivery/start-delivery.ts";
import type { Tables } from "../src/tables.ts";

export const migrationsFolder = `${import.meta.dirname}/../migrations`;
export const serviceTokens = { core: "core-token-0123456789", events: "events-token-0123456789" };
export const publicUrl = "https://my.example.org";

export interface Mailer {
  app: App;
  db: Kysely<Tables>;
  url: string;
  sink: SmtpSink;
  core: FakeCore;
  logs: CapturedLogs;
  queries: QueryCounter;
  startDelivery(options?: Partial<DeliveryOptions>): void;
  stop(): Promise<void>;
}

/** The mailer with a database of its own, a real SMTP server and a core; nothing is sent before `startDelivery`. */
export async function startMailer(): Promise<Mailer> {
  const { url } = await createTestDatabase({
    migrate: async (template) => void (await migrate({ url: template, folder: migrationsFolder })),
  });
  const queries = createQueryCounter();
  const db = createDatabase<Tables>({ url, onQuery: queries.onQuery });
  const sink = await startSmtpSink();
  const logs = captureLogs();
  const log = createLog({ level: "debug", service: "mailer", destination: logs.stream });
  const core = await startFakeCore({
    sessions: {
      admin: buildSession({ user: { superadmin: true } }),
      viewer: buildSession({ global: ["view:mailer"] }),
      member: buildSession(),
    },
  });
  const coreClient = createCoreClient({ url: core.url, service: "mailer", token: "t" });
  const app = await buildApp({
    db,
    core: coreClient,
    log,
    serviceTokens,
    publicUrl,
    migrationsFolder,
    checksResponses: true,
  });
  const sender = createSmtpSender({ smtpUrl: sink.url, from: "MyAEGEE <noreply@example.org>" });
  const loops: Loop[] = [];
  return {
    app,
    db,
    url,
    sink,
    core,
    logs,
    queries,
    startDelivery(options = {}) {
      loops.push(startDelivery({ db, log, sender, publicUrl, retryMs: 1, pollMs: 10, ...options }));
    },
    async stop() {
      await Promise.all(loops.map((loop) => loop.stop()));
      await app.close();
      sender.close();
      await Promise.all([sink.stop(), core.stop(), db.destroy()]);
    },
  };
}

export const asEvents = { "x-service": "events", "x-service-token": serviceTokens.events };

/** What a service posts; `confirm_email` with a secret token unless it says otherwise. */
export function buildMail(mail: object = {}) {
  return {
    template: "confirm_email",
    parameters: { token: "5ecret-t0ken" },
    to: "mara@example.org",
    subject: "Please confirm",
    ...mail,
  };
}

export async function postMail(mailer: Mailer, mail: object = {}) {
  const answer = await mailer.app.inject({
    method: "POST",
    url: "/",
    headers: asEvents,
    payload: buildMail(mail),
  });
  return { status: answer.statusCode, body: answer.json() };
}
