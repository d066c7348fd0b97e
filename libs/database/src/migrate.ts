import { Client } from "pg";

import { readMigrations, type Migration } from "./read-migrations.ts";

export interface MigrateOptions {
  url: string;
  /** Folder with `NNNN_name.sql` files. */
  folder: string;
  onApplied?: (migration: Migration) => void;
}

/** One number for all services: each has its own database. */
const LOCK = 724_367_001;

/**
 * Applies what is missing, each file in a transaction of its own, under a lock, so that two at once do no harm.
 * An applied file that was edited since is an error. A database that is ahead of the files is left as it is.
 */
export async function migrate(options: MigrateOptions): Promise<Migration[]> {
  const migrations = await readMigrations(options.folder);
  const client = new Client({
    connectionString: options.url,
    application_name: "migrate",
    connectionTimeoutMillis: 10_000,
  });
  await client.connect();
  try {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    return await applyMissing(client, migrations, options.onApplied ?? (() => {}));
  } finally {
    await client.end();
  }
}

async function applyMissing(
  client: Client,
  migrations: readonly Migration[],
  onApplied: (migration: Migration) => void,
): Promise<Migration[]> {
  const applied = await readApplied(client);
  for (const migration of migrations) {
    expectUnchanged(migration, applied.get(migration.number));
  }
  const missing = migrations.filter((migration) => !applied.has(migration.number));
  for (const migration of missing) {
    await apply(client, migration);
    onApplied(migration);
  }
  return missing;
}

interface AppliedMigration {
  number: number;
  name: string;
  checksum: string;
}

async function readApplied(client: Client): Promise<Map<number, AppliedMigration>> {
  await client.query(`create table if not exists schema_migrations (
    number integer primary key,
    name text not null,
    kind text not null,
    checksum text not null,
    applied_at timestamptz not null default now()
  )`);
  const { rows } = await client.query<AppliedMigration>(
    "select number, name, checksum from schema_migrations",
  );
  return new Map(rows.map((row) => [row.number, row]));
}

function expectUnchanged(migration: Migration, applied: AppliedMigration | undefined): void {
  if (applied !== undefined && applied.checksum !== migration.checksum) {
    throw new Error(
      `${migration.name} was changed after it had been applied as ${applied.name}. Restore the file and add a new migration instead.`,
    );
  }
}

async function apply(client: Client, migration: Migration): Promise<void> {
  await client.query("begin");
  try {
    await client.query(migration.sql);
    await client.query(
      "insert into schema_migrations (number, name, kind, checksum) values ($1, $2, $3, $4)",
      [migration.number, migration.name, migration.kind, migration.checksum],
    );
    await client.query("commit");
  } catch (cause) {
    await client.query("rollback");
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new Error(`${migration.name} failed, nothing of it was applied: ${reason}`, { cause });
  }
}
