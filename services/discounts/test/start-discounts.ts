import { createCoreClient } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { createLog, type App } from "@myaegee/service-kit";
import {
  buildServiceSession,
  buildSession,
  captureLogs,
  createQueryCounter,
  createTestDatabase,
  startFakeCore,
  type CapturedLogs,
  type FakeCore,
  type QueryCounter,
} from "@myaegee/testing";
import type { Kysely } from "kysely";

import { buildApp } from "../src/app.ts";
import type { Tables } from "../src/tables.ts";

const migrationsFolder = `${import.meta.dirname}/../migrations`;

export interface Discounts {
  app: App;
  db: Kysely<Tables>;
  url: string;
  core: FakeCore;
  queries: QueryCounter;
  logs: CapturedLogs;
  /** The clock that quotas count by. */
  setNow(now: string): void;
  stop(): Promise<void>;
}

const sessions = {
  member: buildSession(),
  other: buildSession({ user: { id: 20, username: "other" } }),
  stranger: buildSession({ user: { id: 4, username: "stranger", bodies: [] } }),
  cd: buildSession({ user: { id: 10, username: "cd" }, global: ["manage:discounts"] }),
  events: buildServiceSession("events"),
};

/** The service with a database of its own and a core at the wire. */
export async function startDiscounts(): Promise<Discounts> {
  const { url } = await createTestDatabase({
    migrate: async (template) => void (await migrate({ url: template, folder: migrationsFolder })),
  });
  const queries = createQueryCounter();
  const db = createDatabase<Tables>({ url, onQuery: queries.onQuery, maxConnections: 20 });
  const crowd = Array.from({ length: 50 }, (_, index) => [
    `member-${index}`,
    buildSession({ user: { id: 1000 + index, username: `member-${index}` } }),
  ]);
  const core = await startFakeCore({ sessions: { ...sessions, ...Object.fromEntries(crowd) } });
  let now = "2026-11-23T12:00:00.000Z";
  const logs = captureLogs();
  const app = await buildApp({
    db,
    log: createLog({ level: "trace", service: "discounts", destination: logs.stream }),
    core: createCoreClient({ url: core.url, service: "discounts", token: "t" }),
    now: () => new Date(now),
    migrationsFolder,
    checksResponses: true,
  });
  return {
    app,
    db,
    url,
    core,
    queries,
    logs,
    setNow(time) {
      now = time;
    },
    async stop() {
      await app.close();
      await Promise.all([core.stop(), db.destroy()]);
    },
  };
}

export interface Call {
  method?: "GET" | "POST" | "PUT" | "DELETE";
  token?: string;
  payload?: object;
}

export async function call(
  { app }: Discounts,
  url: string,
  { method = "GET", token = "member", payload }: Call = {},
) {
  const answer = await app.inject({
    method,
    url,
    headers: token === "" ? {} : { "x-auth-token": token },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

export function buildIntegration(integration: object = {}) {
  return {
    name: "Night Train",
    code: "night-train",
    quota_period: "month",
    quota_amount: 1,
    description: "Ten percent off.",
    ...integration,
  };
}

/** A new integration with these codes; answers its id. */
export async function addIntegration(
  discounts: Discounts,
  integration: object,
  codes: readonly string[] = [],
): Promise<number> {
  const { id } = await discounts.db
    .insertInto("integrations")
    .values({ ...buildRow(), ...integration })
    .returning("id")
    .executeTakeFirstOrThrow();
  await Promise.all(
    codes.map((value) =>
      discounts.db.insertInto("codes").values({ integration_id: id, value }).execute(),
    ),
  );
  return id;
}

function buildRow() {
  return {
    name: "Night Train",
    code: `code-${crypto.randomUUID()}`,
    quota_period: "month" as const,
    quota_amount: 1,
    description: "Ten percent off.",
  };
}
