import { sql, type Kysely, type Transaction } from "kysely";

import { isSerializationFailure } from "./database-errors.ts";

const MAX_ATTEMPTS = 5;

/** A serializable transaction, tried again when another one came in between. `run` must touch nothing but the database. */
export async function runSerializable<Tables, Result>(
  db: Kysely<Tables>,
  run: (trx: Transaction<Tables>) => Promise<Result>,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await db.transaction().setIsolationLevel("serializable").execute(run);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isSerializationFailure(error)) {
        throw error;
      }
    }
  }
}

/** Until the end of the transaction nobody else gets past this line with the same key, such as `claim:3:17`. */
export async function lockKey<Tables>(trx: Transaction<Tables>, key: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(trx);
}

/** As `lockKey`, but answers `false` at once when somebody holds it; for jobs that one instance at a time may run. */
export async function tryLockKey<Tables>(trx: Transaction<Tables>, key: string): Promise<boolean> {
  const { rows } = await sql<{ locked: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${key}, 0)) as locked`.execute(trx);
  return rows[0]?.locked === true;
}
