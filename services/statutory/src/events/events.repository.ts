import { formatSearchPattern } from "@myaegee/database";
import { sql, type Insertable, type Kysely, type Updateable } from "kysely";

import type { EventRow, EventsTable, Tables } from "../tables.ts";
import type { EventReference } from "./event-reference.ts";
import type { EventType } from "./event-types.ts";

type Database = Kysely<Tables>;

export interface EventFilter {
  search?: string | undefined;
  types?: readonly EventType[] | undefined;
  /** Days as `YYYY-MM-DD`, whole days of Central European Time. */
  startsFrom?: string | undefined;
  endsUntil?: string | undefined;
  /** Types of which drafts are shown too. */
  draftTypes: readonly EventType[];
  limit: number;
  offset: number;
}

export async function insertEvent(db: Database, event: Insertable<EventsTable>): Promise<EventRow> {
  const row = await db.insertInto("events").values(event).returningAll().executeTakeFirstOrThrow();
  await db.insertInto("application_counters").values({ event_id: row.id }).execute();
  return row;
}

export function updateEvent(db: Database, id: number, change: Updateable<EventsTable>) {
  return db
    .updateTable("events")
    .set({ ...change, updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findEventRow(
  db: Database,
  reference: EventReference,
): Promise<EventRow | undefined> {
  const query = db.selectFrom("events").selectAll();
  switch (reference.by) {
    case "id":
      return query.where("id", "=", reference.id).executeTakeFirst();
    case "url":
      return query.where("url", "=", reference.url).executeTakeFirst();
    case "latest":
      return query
        .where("status", "=", "published")
        .$if(reference.type !== null, (latest) => latest.where("type", "=", reference.type))
        .orderBy("starts", "desc")
        .limit(1)
        .executeTakeFirst();
  }
}

/** As it stands now, and nobody else changes it until the transaction ends. */
export function lockEventRow(trx: Database, id: number): Promise<EventRow> {
  return trx
    .selectFrom("events")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** A page of events, the latest first, and how many match in all. */
export async function listEvents(db: Database, filter: EventFilter) {
  const matching = planEventQuery(db, filter);
  const [events, total] = await Promise.all([
    matching
      .selectAll()
      .orderBy("starts", "desc")
      .orderBy("id", "desc")
      .limit(filter.limit)
      .offset(filter.offset)
      .execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { events, count: total.count };
}

/** The events that a user has applied to, the next one first. */
export async function listAppliedEvents(
  db: Database,
  { userId, limit, offset }: { userId: number; limit: number; offset: number },
) {
  const matching = db
    .selectFrom("events")
    .innerJoin("applications", "applications.event_id", "events.id")
    .where("applications.user_id", "=", userId);
  const [events, total] = await Promise.all([
    matching
      .selectAll("events")
      .select([
        "applications.user_id",
        "applications.cancelled",
        "applications.status as application_status",
      ])
      .orderBy("events.starts")
      .orderBy("events.id")
      .limit(limit)
      .offset(offset)
      .execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { events, count: total.count };
}

function planEventQuery(db: Database, filter: EventFilter) {
  const pattern = formatSearchPattern(filter.search ?? "");
  return db
    .selectFrom("events")
    .where((eb) =>
      filter.draftTypes.length === 0
        ? eb("status", "=", "published")
        : eb.or([eb("status", "=", "published"), eb("type", "in", filter.draftTypes)]),
    )
    .$if(filter.search !== undefined, (query) =>
      query.where((eb) =>
        eb.or([eb("name", "ilike", pattern), eb("description", "ilike", pattern)]),
      ),
    )
    .$if(filter.types !== undefined, (query) => query.where("type", "in", filter.types ?? []))
    .$if(filter.startsFrom !== undefined, (query) =>
      query.where(sql<boolean>`starts >= ${filter.startsFrom}::timestamp at time zone 'CET'`),
    )
    .$if(filter.endsUntil !== undefined, (query) =>
      query.where(
        sql<boolean>`ends < (${filter.endsUntil}::timestamp + interval '1 day') at time zone 'CET'`,
      ),
    );
}
