import type { Insertable, Kysely, Updateable } from "kysely";

import type { CandidateRow, CandidatesTable, Tables } from "../tables.ts";

type Database = Kysely<Tables>;

export function insertCandidate(
  db: Database,
  candidate: Insertable<CandidatesTable>,
): Promise<CandidateRow> {
  return db.insertInto("candidates").values(candidate).returningAll().executeTakeFirstOrThrow();
}

export function findCandidate(
  db: Database,
  positionId: number,
  id: number,
): Promise<CandidateRow | undefined> {
  return db
    .selectFrom("candidates")
    .selectAll()
    .where("position_id", "=", positionId)
    .where("id", "=", id)
    .executeTakeFirst();
}

/** `undefined` when the candidate is no longer in the status that the change is meant for. */
export function updateCandidate(
  db: Database,
  { id, onlyIf }: { id: number; onlyIf?: "pending" },
  change: Updateable<CandidatesTable>,
): Promise<CandidateRow | undefined> {
  return db
    .updateTable("candidates")
    .set({ ...change, updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .$if(onlyIf !== undefined, (query) => query.where("status", "=", "pending"))
    .returningAll()
    .executeTakeFirst();
}

/** The candidates of many positions in one query. */
export async function listCandidates(
  db: Database,
  positionIds: readonly number[],
): Promise<CandidateRow[]> {
  if (positionIds.length === 0) {
    return [];
  }
  return db
    .selectFrom("candidates")
    .selectAll()
    .where("position_id", "in", positionIds)
    .orderBy("id")
    .execute();
}

/** The candidatures of a user at one event. */
export function listOwnCandidates(
  db: Database,
  { userId, eventId }: { userId: number; eventId: number },
): Promise<CandidateRow[]> {
  return db
    .selectFrom("candidates")
    .innerJoin("positions", "positions.id", "candidates.position_id")
    .selectAll("candidates")
    .where("candidates.user_id", "=", userId)
    .where("positions.event_id", "=", eventId)
    .where("positions.deleted", "=", false)
    .orderBy("candidates.id")
    .execute();
}
