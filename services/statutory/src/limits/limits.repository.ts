import type { Kysely } from "kysely";

import type { EventType } from "../events/event-types.ts";
import type { PaxLimitRow, Tables } from "../tables.ts";
import type { NewPaxLimit } from "./limits.schema.ts";

type Database = Kysely<Tables>;

export async function findPaxLimits(
  db: Database,
  eventType: EventType,
  bodyIds: readonly number[],
): Promise<PaxLimitRow[]> {
  if (bodyIds.length === 0) {
    return [];
  }
  return db
    .selectFrom("pax_limits")
    .selectAll()
    .where("event_type", "=", eventType)
    .where("body_id", "in", bodyIds)
    .execute();
}

export function upsertPaxLimit(
  db: Database,
  eventType: EventType,
  { body_id, delegate, envoy, observer, visitor }: NewPaxLimit,
): Promise<PaxLimitRow> {
  const places = { delegate, envoy, observer, visitor };
  return db
    .insertInto("pax_limits")
    .values({ event_type: eventType, body_id, ...places })
    .onConflict((conflict) =>
      conflict
        .columns(["event_type", "body_id"])
        .doUpdateSet({ ...places, updated_at: new Date().toISOString() }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export async function deletePaxLimit(
  db: Database,
  eventType: EventType,
  bodyId: number,
): Promise<boolean> {
  const result = await db
    .deleteFrom("pax_limits")
    .where("event_type", "=", eventType)
    .where("body_id", "=", bodyId)
    .executeTakeFirst();
  return result.numDeletedRows > 0n;
}
