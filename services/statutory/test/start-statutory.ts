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
import type { Kysely } from "kysely";
import { afterAll, beforeEach } from "vitest";

import { buildApp } from "../src/app.ts";
import type { Tables } from "../src/tables.ts";
import { emptyDatabase } from "./empty-database.ts";
import { bodyMembers, members, sessions } from "./people.ts";

export const migrationsFolder = join(import.meta.dirname, "..", "migrations");

export interface TestRequest {
  /** Whose token it carries; without it nobody's. */
  as?: string;
  body?: unknown;
  headers?: Record<string, string>;
}

export interface TestStatutory {
  app: App;
  core: FakeCore;
  db: Kysely<Tables>;
  databaseUrl: string;
  queries: QueryCounter;
  logs: CapturedLogs;
  /** The service's clock; `null` lets it run as the world's. */
  clock: { now: Date | null };
  /** `send("GET /events/1", { as: "member" })` */
  send: (route: string, request?: TestRequest) => Promise<LightMyRequestResponse>;
}

/** The real app on a database of the test file's own, with a core at the wire. Empty before each test, if not told otherwise. */
export async function startStatutory({ keepsData = false } = {}): Promise<TestStatutory> {
  const { url: databaseUrl } = await createTestDatabase({
    migrate: async (url) => void (await migrate({ url, folder: migrationsFolder })),
  });
  const queries = createQueryCounter();
  const db = createDatabase<Tables>({ url: databaseUrl, onQuery: queries.onQuery });
  const core = await startFakeCore({ sessions, members, bodyMembers, bodies });
  const clock: TestStatutory["clock"] = { now: null };
  const logs = captureLogs();
  const app = await buildApp({
    db,
    log: createLog({ level: "trace", service: "statutory", destination: logs.stream }),
    core: createCoreClient({
      url: core.url,
      service: "statutory",
      token: "token-of-statutory",
      requestId: currentRequestId,
    }),
    now: () => clock.now ?? new Date(),
    contacts: { treasurer: "treasurer@example.org", juridical: "jc@example.org" },
    migrationsFolder,
    checksResponses: true,
  });
  beforeEach(async () => {
    clock.now = null;
    core.repair();
    await (keepsData ? undefined : emptyDatabase(db));
  });
  afterAll(async () => {
    await app.close();
    await core.stop();
    await db.destroy();
  });
  const sendTo = (route: string, request?: TestRequest) => send(app, route, request);
  return { app, core, db, databaseUrl, queries, logs, clock, send: sendTo };
}

const bodies = [
  buildBody(),
  buildBody(seedBodies.musterstad),
  buildBody({ ...seedBodies.eqac, type: "commission" }),
  buildBody({ id: 4, name: "Working Group", code: "WGR", type: "working group" }),
  buildBody({ id: 5, name: "AEGEE-Kontakt", code: "KON", type: "contact antenna" }),
];

async function send(
  app: App,
  route: string,
  { as, body, headers }: TestRequest = {},
): Promise<LightMyRequestResponse> {
  const [method, url = ""] = route.split(" ");
  return app.inject({
    method: asMethod(method),
    url,
    headers: {
      ...(as === undefined ? {} : { "x-auth-token": as }),
      ...(body === undefined ? {} : { "content-type": "application/json" }),
      ...headers,
    },
    ...(body === undefined ? {} : { payload: formatPayload(body) }),
  });
}

/** A text goes as it is, so that tests can send what is no JSON. */
function formatPayload(body: unknown): string {
  return typeof body === "string" ? body : JSON.stringify(body);
}

function asMethod(text: string | undefined): "GET" | "POST" | "PUT" | "DELETE" {
  const method = (["GET", "POST", "PUT", "DELETE"] as const).find((known) => known === text);
  if (method === undefined) {
    throw new Error(`${text} is no method.`);
  }
  return method;
}
