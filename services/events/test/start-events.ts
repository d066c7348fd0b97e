import { join } from "node:path";

import { createCoreClient, seedBodies } from "@myaegee/contracts";
import { createDatabase, migrate } from "@myaegee/database";
import { createLog, currentRequestId, type App } from "@myaegee/service-kit";
import {
  buildBody,
  captureLogs,
  createQueryCounter,
  createTestDatabase,
  startFakeCore,
  type CapturedLogs,
  type FakeCore,
  type QueryCounter,
} from "@myaegee/testing";
import type { LightMyRequestResponse } from "fastify";
import { sql, type Kysely } from "kysely";
import { afterAll, beforeEach } from "vitest";

import { buildApp } from "../src/app.ts";
import type { Tables } from "../src/tables.ts";
import { bodyMembers, members, sessions, type Person } from "./people.ts";

export const migrationsFolder = join(import.meta.dirname, "..", "migrations");

/** On tables of a few rows a tenth of the time of `truncate`. */
const emptyTables = `do $$ begin
  delete from outbox;
  delete from pictures;
  delete from applications;
  delete from events;
  alter sequence events_id_seq restart;
  alter sequence applications_id_seq restart;
end $$`;

export interface TestRequest {
  /** Whose token it carries; without it nobody's. */
  as?: Person;
  body?: unknown;
  headers?: Record<string, string> | undefined;
}

export interface TestEvents {
  app: App;
  core: FakeCore;
  db: Kysely<Tables>;
  databaseUrl: string;
  queries: QueryCounter;
  logs: CapturedLogs;
  /** `send("GET /single/1", { as: "member" })` */
  send: (route: string, request?: TestRequest) => Promise<LightMyRequestResponse>;
}

/** The real app on a database of the test file's own, with a core at the wire. Empty before each test. */
export async function startEvents(): Promise<TestEvents> {
  const { url: databaseUrl } = await createTestDatabase({
    migrate: async (url) => void (await migrate({ url, folder: migrationsFolder })),
  });
  const queries = createQueryCounter();
  const db = createDatabase<Tables>({ url: databaseUrl, onQuery: queries.onQuery });
  const core = await startFakeCore({
    sessions,
    members,
    bodyMembers,
    bodies: [buildBody(), buildBody(seedBodies.musterstad), buildBody(seedBodies.eqac)],
  });
  const logs = captureLogs();
  const app = await buildApp({
    db,
    log: createLog({ level: "trace", service: "events", destination: logs.stream }),
    core: createCoreClient({
      url: core.url,
      service: "events",
      token: "token-of-events",
      requestId: currentRequestId,
    }),
    approvalBodies: ["EQA"],
    migrationsFolder,
    checksResponses: true,
  });
  beforeEach(async () => {
    await emptyDatabase(db);
    core.repair();
  });
  afterAll(async () => {
    await app.close();
    await core.stop();
    await db.destroy();
  });
  return { app, core, db, databaseUrl, queries, logs, send: (...sent) => send(app, ...sent) };
}

export async function emptyDatabase(db: Kysely<Tables>): Promise<void> {
  await sql.raw(emptyTables).execute(db);
}

const methods = ["GET", "POST", "PUT", "DELETE"] as const;

async function send(
  app: App,
  route: string,
  { as, body, headers }: TestRequest = {},
): Promise<LightMyRequestResponse> {
  const [method, url = ""] = route.split(" ");
  return app.inject({
    method: methods.find((known) => known === method) ?? "OPTIONS",
    url,
    headers: { ...(as === undefined ? {} : { "x-auth-token": as }), ...headers },
    ...(body === undefined ? {} : { payload: asPayload(body) }),
  });
}

function asPayload(body: unknown): string | object {
  return typeof body === "string" || (typeof body === "object" && body !== null)
    ? body
    : JSON.stringify(body);
}

/** How many answers came with which status: `{ 200: 1, 422: 9 }`. */
export function countStatuses(answers: readonly LightMyRequestResponse[]): Record<string, number> {
  const byStatus = Object.groupBy(answers, ({ statusCode }) => statusCode);
  return Object.fromEntries(
    Object.entries(byStatus).map(([status, group]) => [status, group?.length ?? 0]),
  );
}
