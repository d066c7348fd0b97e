import { startLoop, type Logger, type Loop } from "@myaegee/service-kit";
import { sql, type Kysely } from "kysely";

import type { Tables } from "../tables.ts";

export interface PurgeOptions {
  db: Kysely<Tables>;
  log: Pick<Logger, "info" | "error">;
  /** How long a sent message is kept. */
  keepDays: number;
  batchSize?: number;
  everyMs?: number;
}

const HOUR_MS = 60 * 60 * 1000;
/** Few enough that nobody waits for the deletion of a season's mails. */
const BATCH_SIZE = 1000;

/**
 * Deletes messages that were sent long ago: they hold addresses that nobody needs any more. What waits or is dead
 * stays. Answers how many went; several instances may do it at once.
 */
export async function purgeSent(
  db: Kysely<Tables>,
  { keepDays, batchSize = BATCH_SIZE }: Pick<PurgeOptions, "keepDays" | "batchSize">,
): Promise<number> {
  const { numAffectedRows } = await sql`
    delete from messages where id in (
      select id from messages
      where status = 'sent' and sent_at < now() - make_interval(secs => ${keepDays * 86_400})
      limit ${batchSize}
      for update skip locked
    )`.execute(db);
  return Number(numAffectedRows ?? 0);
}

/** Now and every hour, batch after batch until nothing old is left. */
export function startPurge({
  db,
  log,
  keepDays,
  batchSize = BATCH_SIZE,
  everyMs = HOUR_MS,
}: PurgeOptions): Loop {
  return startLoop({
    async run() {
      const count = await purgeSent(db, { keepDays, batchSize });
      log.info({ count, keep_days: keepDays }, "old messages deleted");
      return count === batchSize;
    },
    idleMs: everyMs,
    onError: (err) => log.error({ err }, "old messages could not be deleted"),
  });
}
