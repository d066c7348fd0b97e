import { sql, type Kysely, type Selectable } from "kysely";

import type { MessagesTable, Tables } from "../tables.ts";

export type DueMessage = Selectable<MessagesTable>;

/**
 * Takes the next due message and marks it as being sent, until `leaseMs` from now. One whose sender was killed
 * is due again when its lease is over.
 */
export async function leaseNextMessage(
  db: Kysely<Tables>,
  leaseMs: number,
): Promise<DueMessage | null> {
  const { rows } = await sql<DueMessage>`
    update messages
    set status = 'sending', attempts = attempts + 1,
        next_attempt_at = now() + make_interval(secs => ${leaseMs / 1000})
    where id = (
      select id from messages
      where status in ('queued', 'sending') and next_attempt_at <= now()
      order by next_attempt_at
      limit 1
      for update skip locked
    )
    returning *`.execute(db);
  return rows[0] ?? null;
}

/** The parameters have done their work; tokens in them must not lie around. */
export async function markSent(db: Kysely<Tables>, id: string): Promise<void> {
  await sql`
    update messages set status = 'sent', sent_at = now(), parameters = '{}', last_error = null
    where id = ${id}`.execute(db);
}

export async function markQueued(
  db: Kysely<Tables>,
  id: string,
  { delayMs, error }: { delayMs: number; error: string },
): Promise<void> {
  await sql`
    update messages
    set status = 'queued', last_error = ${error},
        next_attempt_at = now() + make_interval(secs => ${delayMs / 1000})
    where id = ${id}`.execute(db);
}

export async function markDead(db: Kysely<Tables>, id: string, error: string): Promise<void> {
  await sql`update messages set status = 'dead', last_error = ${error} where id = ${id}`.execute(
    db,
  );
}
