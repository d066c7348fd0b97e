import { sql, type Kysely } from "kysely";

import { readMigrations } from "./read-migrations.ts";

/**
 * A readiness check: the database answers and holds at least every migration that this version knows.
 * A newer schema is fine, because the previous version must run while the next one is rolled out.
 */
export function createSchemaCheck<Tables>(
  db: Kysely<Tables>,
  migrationsFolder: string,
): () => Promise<void> {
  // The files of a running version never change.
  const expected = readMigrations(migrationsFolder).then((migrations) => migrations.length);
  expected.catch(() => {});
  return async () => {
    const expectedHead = await expected;
    const head = await readSchemaHead(db);
    if (head < expectedHead) {
      throw new Error(
        `The database is at migration ${head}, expected at least ${expectedHead}. Run the migrate command.`,
      );
    }
  };
}

/** Number of the last applied migration; 0 for an empty database. */
export async function readSchemaHead<Tables>(db: Kysely<Tables>): Promise<number> {
  const table = await sql<{ name: string | null }>`
    select to_regclass('schema_migrations')::text as name`.execute(db);
  if (table.rows[0]?.name === null) {
    return 0;
  }
  const { rows } = await sql<{ head: number }>`
    select coalesce(max(number), 0) as head from schema_migrations`.execute(db);
  return rows[0]?.head ?? 0;
}
