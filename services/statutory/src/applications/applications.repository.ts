import { formatSearchPattern } from "@myaegee/database";
import type { ExpressionBuilder, Insertable, Kysely, Updateable } from "kysely";

import type { ApplicationRow, ApplicationsTable, Tables } from "../tables.ts";
import type { ApplicationReference } from "./application-reference.ts";
import type { ApplicationListQuery } from "./list-query.ts";
import { statsFields, type CountedApplication } from "./stats.ts";

type Database = Kysely<Tables>;
type Column = keyof ApplicationRow;

export interface ApplicationFilter {
  eventId: number;
  bodyId?: number;
  status?: "accepted";
  confirmed?: true;
  showsCancelled: boolean;
  /** Part of a first or last name. */
  query?: string | undefined;
}

export type ApplicationOrder = Pick<ApplicationListQuery, "sort" | "direction">;

/** The next statutory id of an event. Its counter row stays locked until the end of the transaction, so no two share one. */
export async function takeStatutoryId(trx: Database, eventId: number): Promise<string> {
  const { last_number } = await trx
    .updateTable("application_counters")
    .set(({ eb }) => ({ last_number: eb("last_number", "+", 1) }))
    .where("event_id", "=", eventId)
    .returning("last_number")
    .executeTakeFirstOrThrow();
  return `${String(eventId).padStart(3, "0")}-${String(last_number).padStart(4, "0")}`;
}

export function insertApplication(
  db: Database,
  application: Insertable<ApplicationsTable>,
): Promise<ApplicationRow> {
  return db.insertInto("applications").values(application).returningAll().executeTakeFirstOrThrow();
}

export function updateApplicationRow(
  db: Database,
  id: number,
  change: Updateable<ApplicationsTable>,
): Promise<ApplicationRow> {
  return db
    .updateTable("applications")
    .set({ ...change, updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findApplication(
  db: Database,
  eventId: number,
  reference: ApplicationReference,
): Promise<ApplicationRow | undefined> {
  return db
    .selectFrom("applications")
    .selectAll()
    .where("event_id", "=", eventId)
    .where(({ eb }) => planReference(eb, reference))
    .executeTakeFirst();
}

export function findOwnApplication(
  db: Database,
  eventId: number,
  userId: number,
): Promise<Pick<ApplicationRow, "id" | "confirmed"> | undefined> {
  return db
    .selectFrom("applications")
    .select(["id", "confirmed"])
    .where("event_id", "=", eventId)
    .where("user_id", "=", userId)
    .executeTakeFirst();
}

/** As it stands now, and nobody else changes it until the transaction ends. */
export function lockApplication(trx: Database, id: number): Promise<ApplicationRow> {
  return trx
    .selectFrom("applications")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

/** A page of some columns, and how many match in all. */
export async function listApplications<C extends Column>(
  db: Database,
  columns: readonly C[],
  page: ApplicationFilter & ApplicationOrder & { limit: number; offset: number },
) {
  const matching = planApplicationQuery(db, page);
  const [applications, total] = await Promise.all([
    matching
      .select(columns)
      .orderBy(page.sort, (order) =>
        page.direction === "asc" ? order.asc().nullsLast() : order.desc().nullsLast(),
      )
      .orderBy("id")
      .limit(page.limit)
      .offset(page.offset)
      .execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { applications, count: total.count };
}

/** All of a body, in the order of the board: by type, order, then age; without a type last. */
export function listBodyApplications(
  db: Database,
  { eventId, bodyId }: { eventId: number; bodyId: number },
): Promise<ApplicationRow[]> {
  return db
    .selectFrom("applications")
    .selectAll()
    .where("event_id", "=", eventId)
    .where("body_id", "=", bodyId)
    .orderBy("participant_type", (order) => order.asc().nullsLast())
    .orderBy("participant_order", (order) => order.asc().nullsLast())
    .orderBy("id")
    .execute();
}

export async function clearBoardOfBody(
  db: Database,
  { eventId, bodyId }: { eventId: number; bodyId: number },
): Promise<void> {
  await db
    .updateTable("applications")
    .set({ participant_type: null, participant_order: null, board_comment: null })
    .where("event_id", "=", eventId)
    .where("body_id", "=", bodyId)
    .execute();
}

export async function setOnMembersList(
  db: Database,
  ids: readonly number[],
  isListed: boolean,
): Promise<void> {
  if (ids.length > 0) {
    await db
      .updateTable("applications")
      .set({ is_on_memberslist: isListed })
      .where("id", "in", ids)
      .execute();
  }
}

/** What the figures of an event are counted from. */
export function listCounted(db: Database, eventId: number): Promise<CountedApplication[]> {
  return db
    .selectFrom("applications")
    .select(statsFields)
    .where("event_id", "=", eventId)
    .orderBy("id")
    .execute();
}

/** How many of a body come as this type. */
export async function countParticipants(
  db: Database,
  place: Pick<ApplicationRow, "event_id" | "body_id" | "participant_type">,
): Promise<number> {
  const { count } = await db
    .selectFrom("applications")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where("event_id", "=", place.event_id)
    .where("body_id", "=", place.body_id)
    .where("participant_type", "=", place.participant_type)
    .executeTakeFirstOrThrow();
  return count;
}

function planApplicationQuery(db: Database, filter: ApplicationFilter) {
  const pattern = formatSearchPattern(filter.query ?? "");
  return db
    .selectFrom("applications")
    .where("event_id", "=", filter.eventId)
    .$if(!filter.showsCancelled, (query) => query.where("cancelled", "=", false))
    .$if(filter.status !== undefined, (query) => query.where("status", "=", "accepted"))
    .$if(filter.confirmed === true, (query) => query.where("confirmed", "=", true))
    .$if(filter.query !== undefined, (query) =>
      query.where((eb) =>
        eb.or([
          eb("first_name", "ilike", pattern),
          eb("last_name", "ilike", pattern),
          eb("body_name", "ilike", pattern),
        ]),
      ),
    );
}

function planReference(
  eb: ExpressionBuilder<Tables, "applications">,
  reference: ApplicationReference,
) {
  switch (reference.by) {
    case "user":
      return eb("user_id", "=", reference.userId);
    case "id":
      return eb("id", "=", reference.id);
    case "statutory-id":
      return eb("statutory_id", "=", reference.statutoryId);
  }
}
