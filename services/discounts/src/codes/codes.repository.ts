import { sql, type Kysely, type Transaction } from "kysely";

import type { Tables } from "../tables.ts";
import type { ClaimedCode, MyCode } from "./codes.schema.ts";

/** How many of them were new. */
export async function insertCodes(
  db: Kysely<Tables>,
  integrationId: number,
  values: readonly string[],
): Promise<number> {
  const { rows } = await sql`
    insert into codes (integration_id, value)
    select ${integrationId}, value from unnest(${values}::text[]) as value
    on conflict (integration_id, value) do nothing
    returning id`.execute(db);
  return rows.length;
}

export async function countClaims(
  trx: Transaction<Tables>,
  { integrationId, userId, since }: { integrationId: number; userId: number; since: Date },
): Promise<number> {
  const { count } = await trx
    .selectFrom("codes")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("integration_id", "=", integrationId)
    .where("claimed_by", "=", userId)
    .where("claimed_at", ">=", since.toISOString())
    .executeTakeFirstOrThrow();
  return count;
}

/** The oldest free code becomes this user's, unless others are taking the last ones right now. */
export async function claimOldestFreeCode(
  trx: Transaction<Tables>,
  { integrationId, userId, now }: { integrationId: number; userId: number; now: Date },
): Promise<ClaimedCode | null> {
  const { rows } = await sql<ClaimedCode>`
    update codes set claimed_by = ${userId}, claimed_at = ${now.toISOString()}
    where id = (
      select id from codes
      where integration_id = ${integrationId} and claimed_by is null
      order by id
      limit 1
      for update skip locked
    )
    returning id, value, integration_id, claimed_by, claimed_at`.execute(trx);
  return rows[0] ?? null;
}

export async function listMyCodes(
  db: Kysely<Tables>,
  userId: number,
  page: { limit: number; offset: number },
): Promise<{ rows: MyCode[]; count: number }> {
  const [{ rows }, total] = await Promise.all([
    sql<MyCode>`
      select codes.id, codes.value, codes.integration_id, codes.claimed_by, codes.claimed_at,
        json_build_object('id', integrations.id, 'name', integrations.name,
          'code', integrations.code, 'description', integrations.description) as integration
      from codes join integrations on integrations.id = codes.integration_id
      where codes.claimed_by = ${userId}
      order by codes.claimed_at desc, codes.id desc
      limit ${page.limit} offset ${page.offset}`.execute(db),
    db
      .selectFrom("codes")
      .select((eb) => eb.fn.countAll<number>().as("count"))
      .where("claimed_by", "=", userId)
      .executeTakeFirstOrThrow(),
  ]);
  return { rows, count: total.count };
}
