import { randomUUID } from "node:crypto";

import { Client } from "pg";
import { inject } from "vitest";

export interface TestDatabaseOptions {
  /** Brings an empty database to the wanted state. Runs once for all test files of a run. */
  migrate: (url: string) => Promise<void>;
  /** Name of the template, where one run needs several. */
  template?: string;
}

export interface TestDatabase {
  url: string;
}

/** A database of its own for a test file, cloned from a migrated template. */
export async function createTestDatabase(options: TestDatabaseOptions): Promise<TestDatabase> {
  const admin = new Client({ connectionString: inject("postgresUrl") });
  await admin.connect();
  try {
    const template = `template_${options.template ?? "service"}`;
    await ensureTemplate(admin, template, options.migrate);
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    await admin.query(`create database ${name} template ${template}`);
    return { url: planDatabaseUrl(name) };
  } finally {
    await admin.end();
  }
}

async function ensureTemplate(
  admin: Client,
  template: string,
  migrate: TestDatabaseOptions["migrate"],
): Promise<void> {
  // Test files start at the same time; the first one builds, the others wait here.
  await admin.query("select pg_advisory_lock(hashtext($1))", [template]);
  try {
    const found = await admin.query("select 1 from pg_database where datname = $1", [template]);
    if (found.rowCount === 0) {
      const draft = `${template}_draft_${Date.now()}`;
      await admin.query(`create database ${draft}`);
      await migrate(planDatabaseUrl(draft));
      await admin.query(`alter database ${draft} rename to ${template}`);
    }
  } finally {
    await admin.query("select pg_advisory_unlock(hashtext($1))", [template]);
  }
}

function planDatabaseUrl(name: string): string {
  const url = new URL(inject("postgresUrl"));
  url.pathname = `/${name}`;
  return url.toString();
}
