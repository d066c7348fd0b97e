import type { Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import type { Delegate, DelegateVotes } from "./votes.ts";

type Database = Kysely<Tables>;

export interface VotesKey {
  eventId: number;
  bodyId: number;
}

export async function upsertAntennaVotes(
  db: Database,
  { eventId, bodyId }: VotesKey,
  votes: number,
): Promise<void> {
  await db
    .insertInto("votes_per_antenna")
    .values({ event_id: eventId, body_id: bodyId, votes })
    .onConflict((conflict) =>
      conflict
        .columns(["event_id", "body_id"])
        .doUpdateSet({ votes, updated_at: new Date().toISOString() }),
    )
    .execute();
}

export async function findAntennaVotes(
  db: Database,
  { eventId, bodyId }: VotesKey,
): Promise<number | null> {
  const row = await db
    .selectFrom("votes_per_antenna")
    .select("votes")
    .where("event_id", "=", eventId)
    .where("body_id", "=", bodyId)
    .executeTakeFirst();
  return row?.votes ?? null;
}

export async function findDelegates(
  db: Database,
  { eventId, bodyId }: VotesKey,
): Promise<Delegate[]> {
  const rows = await db
    .selectFrom("applications")
    .select([
      "id",
      "user_id",
      "participant_order",
      "cancelled",
      "confirmed",
      "registered",
      "departed",
    ])
    .where("event_id", "=", eventId)
    .where("body_id", "=", bodyId)
    .where("participant_type", "=", "delegate")
    .execute();
  return rows.map(({ id, user_id, participant_order, ...flags }) =>
    Object.assign(flags, {
      applicationId: id,
      userId: user_id,
      participantOrder: participant_order ?? 0,
    }),
  );
}

export async function replaceDelegateVotes(
  db: Database,
  { eventId, bodyId }: VotesKey,
  votes: readonly DelegateVotes[],
): Promise<void> {
  await db
    .deleteFrom("votes_per_delegate")
    .where("event_id", "=", eventId)
    .where("body_id", "=", bodyId)
    .execute();
  if (votes.length > 0) {
    const rows = votes.map(({ type, applicationId, userId, votes: share }) => ({
      event_id: eventId,
      body_id: bodyId,
      application_id: applicationId,
      user_id: userId,
      type,
      votes: share,
    }));
    await db.insertInto("votes_per_delegate").values(rows).execute();
  }
}

export interface VotesPage {
  eventId: number;
  bodyId?: number;
  limit: number;
  offset: number;
}

export async function listAntennaVotes(db: Database, page: VotesPage) {
  const { eventId, bodyId, limit, offset } = page;
  const matching = db
    .selectFrom("votes_per_antenna")
    .where("event_id", "=", eventId)
    .$if(bodyId !== undefined, (query) => query.where("body_id", "=", bodyId ?? 0));
  const [votes, total] = await Promise.all([
    matching.selectAll().orderBy("body_id").limit(limit).offset(offset).execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { votes, count: total.count };
}

/** Votes of the delegates with who they are, in one query. */
export async function listDelegateVotes(db: Database, page: VotesPage) {
  const { eventId, bodyId, limit, offset } = page;
  const matching = db
    .selectFrom("votes_per_delegate")
    .where("votes_per_delegate.event_id", "=", eventId)
    .$if(bodyId !== undefined, (query) =>
      query.where("votes_per_delegate.body_id", "=", bodyId ?? 0),
    );
  const [rows, total] = await Promise.all([
    matching
      .innerJoin("applications", "applications.id", "votes_per_delegate.application_id")
      .selectAll("votes_per_delegate")
      .select([
        "applications.statutory_id",
        "applications.first_name",
        "applications.last_name",
        "applications.body_name",
        "applications.participant_type",
        "applications.participant_order",
      ])
      .orderBy("votes_per_delegate.body_id")
      .orderBy("votes_per_delegate.type")
      .orderBy("applications.participant_order")
      .limit(limit)
      .offset(offset)
      .execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { votes: rows, count: total.count };
}
