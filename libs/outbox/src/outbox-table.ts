import { sql, type Kysely } from "kysely";

export interface OutboxRow {
  id: string;
  template: string;
  subject: string;
  recipients: string[];
  parameters: Record<string, unknown>;
  reply_to: string | null;
  /** Of the request that promised it; a job has none. */
  request_id: string | null;
  attempts: number;
}

/**
 * Takes the next mail that is due and hides it from others for `leaseMs`. No transaction stays open meanwhile:
 * whoever dies with it simply loses the lease.
 */
export async function leaseNextMail<Tables>(
  db: Kysely<Tables>,
  leaseMs: number,
): Promise<OutboxRow | null> {
  const { rows } = await sql<OutboxRow>`
    update outbox
    set attempts = attempts + 1,
        next_attempt_at = now() + make_interval(secs => ${leaseMs / 1000})
    where id = (
      select id from outbox
      where dead_at is null and next_attempt_at <= now()
      order by next_attempt_at, created_at
      limit 1
      for update skip locked
    )
    returning id, template, subject, recipients, parameters, reply_to, request_id, attempts`.execute(
    db,
  );
  return rows[0] ?? null;
}

export async function deleteMail<Tables>(db: Kysely<Tables>, id: string): Promise<void> {
  await sql`delete from outbox where id = ${id}`.execute(db);
}

export async function postponeMail<Tables>(
  db: Kysely<Tables>,
  id: string,
  { delayMs, error }: { delayMs: number; error: string },
): Promise<void> {
  await sql`
    update outbox
    set next_attempt_at = now() + make_interval(secs => ${delayMs / 1000}), last_error = ${error}
    where id = ${id}`.execute(db);
}

/** Kept for a person to look at; nobody tries it again. */
export async function buryMail<Tables>(
  db: Kysely<Tables>,
  id: string,
  error: string,
): Promise<void> {
  await sql`update outbox set dead_at = now(), last_error = ${error} where id = ${id}`.execute(db);
}

/** Business figures for the service kit's `gauges`. */
export function createOutboxGauges<Tables>(db: Kysely<Tables>) {
  const count = async (isDead: boolean) => {
    const { rows } = await sql<{ count: number }>`
      select count(*) as count from outbox where (dead_at is not null) = ${isDead}`.execute(db);
    return rows[0]?.count ?? 0;
  };
  return [
    { name: "outbox_pending", help: "Mails not yet handed over.", read: () => count(false) },
    { name: "outbox_dead", help: "Mails that the mailer refused.", read: () => count(true) },
  ];
}
