import { sql, type Insertable, type Kysely } from "kysely";

import type { MembersListRow, MembersListsTable, Tables } from "../tables.ts";

type Database = Kysely<Tables>;

export interface MembersListKey {
  eventId: number;
  bodyId: number;
}

export function findMembersList(
  db: Database,
  { eventId, bodyId }: MembersListKey,
): Promise<MembersListRow | undefined> {
  return db
    .selectFrom("members_lists")
    .selectAll()
    .where("event_id", "=", eventId)
    .where("body_id", "=", bodyId)
    .executeTakeFirst();
}

/** Replaces what a body had handed in; what it has paid stays. */
export function upsertMembersList(
  db: Database,
  list: Insertable<MembersListsTable>,
): Promise<MembersListRow> {
  const { user_id, currency, conversion_rate, members } = list;
  return db
    .insertInto("members_lists")
    .values(list)
    .onConflict((conflict) =>
      conflict.columns(["event_id", "body_id"]).doUpdateSet({
        user_id,
        currency,
        conversion_rate,
        members,
        updated_at: new Date().toISOString(),
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function updateFeePaid(
  db: Database,
  { eventId, bodyId }: MembersListKey,
  feePaid: number,
): Promise<MembersListRow | undefined> {
  return db
    .updateTable("members_lists")
    .set({ fee_paid: feePaid, updated_at: new Date().toISOString() })
    .where("event_id", "=", eventId)
    .where("body_id", "=", bodyId)
    .returningAll()
    .executeTakeFirst();
}

export async function listMembersLists(
  db: Database,
  { eventId, limit, offset }: { eventId: number; limit: number; offset: number },
) {
  const matching = db.selectFrom("members_lists").where("event_id", "=", eventId);
  const [lists, total] = await Promise.all([
    matching.selectAll().orderBy("body_id").limit(limit).offset(offset).execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { lists, count: total.count };
}

export async function listBodiesWithMembersList(db: Database, eventId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("members_lists")
    .select("body_id")
    .where("event_id", "=", eventId)
    .execute();
  return rows.map(({ body_id }) => body_id);
}

/** Bodies whose list names no fee for anybody. */
export async function listBodiesWithoutFee(db: Database, eventId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("members_lists")
    .select("body_id")
    .where("event_id", "=", eventId)
    .where(sql<boolean>`not jsonb_path_exists(members, '$[*] ? (@.fee > 0)')`)
    .execute();
  return rows.map(({ body_id }) => body_id);
}
