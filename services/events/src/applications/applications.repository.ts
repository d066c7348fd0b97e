import type { Page } from "@myaegee/service-kit";
import { sql, type Kysely, type Selectable, type Transaction, type Updateable } from "kysely";

import type { ApplicationsTable, Tables } from "../tables.ts";
import type { Answer } from "./application.schema.ts";

export type ApplicationRow = Selectable<ApplicationsTable>;

export interface ApplicationFields {
  event_id: number;
  user_id: number;
  body_id: number;
  body_name: string;
  first_name: string;
  last_name: string;
  email: string;
  answers: Answer[];
  agreed_to_privacy_policy: boolean;
}

/** Name of the constraint that keeps a user from applying twice. */
export const onePerUser = "applications_one_per_user";

export async function insertApplication(
  trx: Transaction<Tables>,
  fields: ApplicationFields,
): Promise<ApplicationRow> {
  return trx
    .insertInto("applications")
    .values({ ...fields, answers: JSON.stringify(fields.answers) })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** By id within the event, or the one of a user. */
export async function readApplication(
  db: Kysely<Tables>,
  eventId: number,
  which: { id: number } | { userId: number },
): Promise<ApplicationRow | undefined> {
  const query = db.selectFrom("applications").selectAll().where("event_id", "=", eventId);
  return "id" in which
    ? query.where("id", "=", which.id).executeTakeFirst()
    : query.where("user_id", "=", which.userId).executeTakeFirst();
}

/** Nobody else changes the application until the transaction ends. */
export async function lockApplication(
  trx: Transaction<Tables>,
  id: number,
): Promise<ApplicationRow> {
  return trx
    .selectFrom("applications")
    .selectAll()
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirstOrThrow();
}

export async function updateApplication(
  trx: Transaction<Tables>,
  id: number,
  changes: Updateable<ApplicationsTable>,
): Promise<ApplicationRow> {
  return trx
    .updateTable("applications")
    .set({ ...changes, updated_at: sql`now()` })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function readApplicationsOfEvent(
  db: Kysely<Tables>,
  eventId: number,
  page?: Page,
): Promise<ApplicationRow[]> {
  const query = db
    .selectFrom("applications")
    .selectAll()
    .where("event_id", "=", eventId)
    .orderBy("created_at")
    .orderBy("id");
  return page === undefined
    ? query.execute()
    : query.limit(page.limit).offset(page.offset).execute();
}

export async function countApplications(
  db: Kysely<Tables>,
  of: { event_id: number } | { body_id: number },
): Promise<number> {
  const [column, id] =
    "event_id" in of ? (["event_id", of.event_id] as const) : (["body_id", of.body_id] as const);
  const { count } = await db
    .selectFrom("applications")
    .select(({ fn }) => fn.countAll<number>().as("count"))
    .where(column, "=", id)
    .executeTakeFirstOrThrow();
  return count;
}

export async function readApplicationsOfBody(
  db: Kysely<Tables>,
  bodyId: number,
  page: Page,
): Promise<ApplicationRow[]> {
  return db
    .selectFrom("applications")
    .selectAll()
    .where("body_id", "=", bodyId)
    .orderBy("created_at", "desc")
    .orderBy("id", "desc")
    .limit(page.limit)
    .offset(page.offset)
    .execute();
}

export async function readApplicationsOfUser(
  db: Kysely<Tables>,
  userId: number,
  eventIds: readonly number[],
): Promise<Pick<ApplicationRow, "id" | "event_id" | "user_id" | "status">[]> {
  return eventIds.length === 0
    ? []
    : db
        .selectFrom("applications")
        .select(["id", "event_id", "user_id", "status"])
        .where("user_id", "=", userId)
        .where("event_id", "in", eventIds)
        .execute();
}
