import { sql, type Kysely } from "kysely";

export interface PromisedMail {
  template: string;
  subject: string;
  recipients: string[];
  parameters: Record<string, unknown>;
}

/** The mails that the transactions so far have promised, in their order. */
export async function readOutbox<Tables>(db: Kysely<Tables>): Promise<PromisedMail[]> {
  const { rows } = await sql<PromisedMail>`
    select template, subject, recipients, parameters from outbox order by created_at, template`.execute(
    db,
  );
  return rows;
}
