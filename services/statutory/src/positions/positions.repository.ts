import type { Insertable, Kysely, Updateable } from "kysely";

import type { PositionRow, PositionsTable, Tables } from "../tables.ts";

type Database = Kysely<Tables>;

export type CountedPosition = PositionRow & { candidate_count: number };

export function insertPosition(
  db: Database,
  position: Insertable<PositionsTable>,
): Promise<PositionRow> {
  return db.insertInto("positions").values(position).returningAll().executeTakeFirstOrThrow();
}

export function updatePosition(
  db: Database,
  id: number,
  change: Updateable<PositionsTable>,
): Promise<PositionRow> {
  return db
    .updateTable("positions")
    .set({ ...change, updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findPosition(
  db: Database,
  eventId: number,
  id: number,
): Promise<CountedPosition | undefined> {
  return selectCounted(db, eventId).where("positions.id", "=", id).executeTakeFirst();
}

export async function findPositions(
  db: Database,
  eventId: number,
  ids: readonly number[],
): Promise<CountedPosition[]> {
  return ids.length === 0
    ? []
    : selectCounted(db, eventId).where("positions.id", "in", ids).execute();
}

export async function listPositions(
  db: Database,
  { eventId, limit, offset }: { eventId: number; limit: number; offset: number },
) {
  const [positions, total] = await Promise.all([
    selectCounted(db, eventId).orderBy("positions.id").limit(limit).offset(offset).execute(),
    db
      .selectFrom("positions")
      .select(({ fn }) => fn.countAll<number>().as("count"))
      .where("event_id", "=", eventId)
      .where("deleted", "=", false)
      .executeTakeFirstOrThrow(),
  ]);
  return { positions, count: total.count };
}

/** Each position with the number of its candidates, without the rejected ones. */
function selectCounted(db: Database, eventId: number) {
  return db
    .selectFrom("positions")
    .selectAll()
    .select((eb) =>
      eb
        .selectFrom("candidates")
        .select(({ fn }) => fn.countAll<number>().as("count"))
        .whereRef("candidates.position_id", "=", "positions.id")
        .where("candidates.status", "!=", "rejected")
        .$asScalar()
        .$notNull()
        .as("candidate_count"),
    )
    .where("event_id", "=", eventId)
    .where("deleted", "=", false);
}
