import type { Insertable, Kysely } from "kysely";

import type { MessagesTable, MessageStatus, Tables } from "../tables.ts";
import type { Message, MessageDetails, MessagesQuery } from "./messages.schema.ts";

const columns = [
  "id",
  "service",
  "template",
  "recipient as to",
  "subject",
  "status",
  "attempts",
  "next_attempt_at",
  "last_error",
  "created_at",
  "sent_at",
] as const;

/** Ids in the order of the recipients: of the new messages, or of those that the same key made before. */
export async function insertMessages(
  db: Kysely<Tables>,
  messages: Insertable<MessagesTable>[],
): Promise<string[]> {
  const inserted = await db
    .insertInto("messages")
    .values(messages)
    .onConflict((conflict) =>
      conflict
        .columns(["service", "idempotency_key", "position"])
        .where("idempotency_key", "is not", null)
        .doNothing(),
    )
    .returning(["id", "position"])
    .execute();
  const [first] = messages;
  if (inserted.length === messages.length || first === undefined) {
    return inserted.toSorted((a, b) => a.position - b.position).map(({ id }) => id);
  }
  return readIdsByKey(db, first);
}

async function readIdsByKey(
  db: Kysely<Tables>,
  { service, idempotency_key: key }: Insertable<MessagesTable>,
): Promise<string[]> {
  const rows = await db
    .selectFrom("messages")
    .select("id")
    .where("service", "=", service)
    .where("idempotency_key", "=", key ?? null)
    .orderBy("position")
    .execute();
  return rows.map(({ id }) => id);
}

export async function listMessages(
  db: Kysely<Tables>,
  query: MessagesQuery,
): Promise<{ rows: Message[]; count: number }> {
  const matching = db
    .selectFrom("messages")
    .$if(query.status !== undefined, (q) => q.where("status", "=", query.status ?? "dead"))
    .$if(query.template !== undefined, (q) => q.where("template", "=", query.template ?? ""))
    .$if(query.to !== undefined, (q) =>
      q.where((eb) =>
        eb(eb.fn<string>("lower", ["recipient"]), "=", query.to?.toLowerCase() ?? ""),
      ),
    );
  const [rows, total] = await Promise.all([
    matching
      .select(columns)
      .orderBy("created_at", "desc")
      .orderBy("id")
      .limit(query.limit)
      .offset(query.offset)
      .execute(),
    matching.select((eb) => eb.fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { rows, count: total.count };
}

export async function readMessage(db: Kysely<Tables>, id: string): Promise<MessageDetails | null> {
  const row = await db
    .selectFrom("messages")
    .select([...columns, "parameters"])
    .where("id", "=", id)
    .executeTakeFirst();
  return row === undefined
    ? null
    : {
        ...row,
        parameters: Object.fromEntries(Object.keys(row.parameters).map((key) => [key, "***"])),
      };
}

/** Whether it was dead and is queued again, with all its attempts. */
export async function requeueDead(db: Kysely<Tables>, id: string): Promise<boolean> {
  const row = await db
    .updateTable("messages")
    .set({ status: "queued", attempts: 0, next_attempt_at: new Date().toISOString() })
    .where("id", "=", id)
    .where("status", "=", "dead")
    .returning("id")
    .executeTakeFirst();
  return row !== undefined;
}

export async function countByStatus(db: Kysely<Tables>, status: MessageStatus): Promise<number> {
  const { count } = await db
    .selectFrom("messages")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("status", "=", status)
    .executeTakeFirstOrThrow();
  return count;
}
