import { sql, type Kysely, type Selectable, type Transaction } from "kysely";

import type { EventsTable, Tables } from "../tables.ts";
import type { EventFields } from "./event-fields.ts";
import type { EventStatus } from "./event.schema.ts";

export type EventRow = Selectable<EventsTable>;

/** Name of the constraint that gives each slug to one event. */
export const uniqueSlug = "events_url_unique";

/** By id or by slug; slugs never consist of digits alone. */
export async function readEvent(db: Kysely<Tables>, key: string): Promise<EventRow | undefined> {
  const query = db.selectFrom("events").selectAll();
  return /^\d+$/.test(key)
    ? query.where("id", "=", Number(key)).executeTakeFirst()
    : query.where("url", "=", key.toLowerCase()).executeTakeFirst();
}

export async function readEventsById(
  db: Kysely<Tables>,
  ids: readonly number[],
): Promise<EventRow[]> {
  return ids.length === 0
    ? []
    : db.selectFrom("events").selectAll().where("id", "in", ids).execute();
}

/** Nobody else changes the event until the transaction ends. */
export async function lockEvent(trx: Transaction<Tables>, id: number): Promise<EventRow> {
  return trx
    .selectFrom("events")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** The event stays as it is until the transaction ends, yet many may look at it at once. */
export async function shareEvent(trx: Transaction<Tables>, id: number): Promise<EventRow> {
  return trx
    .selectFrom("events")
    .selectAll()
    .where("id", "=", id)
    .forShare()
    .executeTakeFirstOrThrow();
}

export async function insertEvent(
  trx: Transaction<Tables>,
  fields: EventFields,
): Promise<EventRow> {
  return trx
    .insertInto("events")
    .values({ ...fields, ...formatLists(fields) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateEvent(
  trx: Transaction<Tables>,
  id: number,
  changes: Partial<EventFields>,
): Promise<EventRow> {
  return trx
    .updateTable("events")
    .set({ ...changes, ...formatLists(changes), updated_at: sql`now()` })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function updateStatus(
  trx: Transaction<Tables>,
  id: number,
  status: EventStatus,
): Promise<EventRow> {
  return trx
    .updateTable("events")
    .set({
      status,
      updated_at: sql`now()`,
      ...(status === "published" ? { publication_date: sql`now()` } : {}),
    })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function markDeleted(trx: Transaction<Tables>, id: number): Promise<void> {
  await trx
    .updateTable("events")
    .set({ deleted: true, updated_at: sql`now()` })
    .where("id", "=", id)
    .execute();
}

type Lists = Pick<EventFields, "organizing_bodies" | "organizers" | "locations" | "questions">;

/**
 * Lists go to `jsonb` as text: the driver would make PostgreSQL arrays of them.
 * A list that is not there stays `undefined`, and Kysely leaves its column alone.
 */
function formatLists(fields: Partial<Lists>) {
  return {
    organizing_bodies: JSON.stringify(fields.organizing_bodies),
    organizers: JSON.stringify(fields.organizers),
    locations: JSON.stringify(fields.locations),
    questions: JSON.stringify(fields.questions),
  };
}
