import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { createDatabase, migrate } from "@myaegee/database";
import type { App, Logger } from "@myaegee/service-kit";
import { createQueryCounter, createTestDatabase, type QueryCounter } from "@myaegee/testing";
import { sql } from "kysely";
import { onTestFinished } from "vitest";

import { buildApp } from "../src/app.ts";
import { planLimits } from "../src/limits/plan-limits.ts";
import { seed } from "../src/seed/seed.ts";
import type { Db, Tables } from "../src/tables.ts";

const migrationsFolder = join(import.meta.dirname, "..", "migrations");

export const serviceHeaders = {
  "x-service": "events",
  "x-service-token": "events-token-of-the-tests",
};

export interface TestCore {
  app: App;
  db: Db;
  url: string;
  queries: QueryCounter;
  /** Puts the seed's data back, for a `beforeEach`. */
  reset(): Promise<void>;
}

interface CoreOptions {
  limitFactor?: number;
  log?: Logger;
}

/** Core with the seed's data on a database of its own. Call it once a file, in `beforeAll`; `close` in `afterAll`. */
export async function startCore(options: CoreOptions = {}): Promise<TestCore> {
  const { url } = await createTestDatabase({ migrate: migrateAndSeed });
  return startCoreOn(url, options);
}

/** Another instance on a database that is there. */
export async function startCoreOn(
  url: string,
  { limitFactor = 1000, log }: CoreOptions = {},
): Promise<TestCore> {
  const queries = createQueryCounter();
  const db = createDatabase<Tables>({ url, onQuery: queries.onQuery });
  const app = await buildApp({
    db,
    serviceTokens: { events: serviceHeaders["x-service-token"] },
    limits: planLimits(limitFactor),
    migrationsFolder,
    checksResponses: true,
    ...(log === undefined ? {} : { log }),
  });
  return {
    app,
    db,
    url,
    queries,
    async reset() {
      await sql`select snapshot.reset()`.execute(db);
    },
  };
}

/** An empty database with core's tables. */
export async function createEmptyDatabase(): Promise<{ db: Db; url: string }> {
  const { url } = await createTestDatabase({
    template: "empty",
    migrate: async (template) => {
      await migrate({ url: template, folder: migrationsFolder });
    },
  });
  const db = createDatabase<Tables>({ url });
  onTestFinished(() => db.destroy());
  return { db, url };
}

async function migrateAndSeed(url: string): Promise<void> {
  await migrate({ url, folder: migrationsFolder });
  const db = createDatabase<Tables>({ url });
  try {
    await seed(db);
    await sql.raw(await readFile(join(import.meta.dirname, "snapshot.sql"), "utf8")).execute(db);
  } finally {
    await db.destroy();
  }
}
