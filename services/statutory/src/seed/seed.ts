import { seedBodies, seedUsers } from "@myaegee/contracts";
import { createDatabase } from "@myaegee/database";
import type { Transaction } from "kysely";

import { formatEventDates } from "../events/event-dates.ts";
import { findEventRow, insertEvent } from "../events/events.repository.ts";
import { lockEvent } from "../lock-event.ts";
import { findMembersList, upsertMembersList } from "../members-lists/members-lists.repository.ts";
import { insertPosition, listPositions } from "../positions/positions.repository.ts";
import type { EventRow, Tables } from "../tables.ts";
import { recalculateAntennaVotes } from "../votes/recalculate-votes.ts";
import { planSeedEvents, type SeedEvent } from "./seed-events.ts";
import { planSeedMembers } from "./seed-members.ts";

/** Test data; what is there already stays as people have left it. */
export async function seed(databaseUrl: string): Promise<void> {
  const db = createDatabase<Tables>({ url: databaseUrl, applicationName: "statutory-seed" });
  const now = new Date();
  try {
    for (const event of planSeedEvents(now)) {
      await db.transaction().execute(async (trx) => seedEvent(trx, event, now));
    }
  } finally {
    await db.destroy();
  }
}

async function seedEvent(trx: Transaction<Tables>, event: SeedEvent, now: Date): Promise<void> {
  const row =
    (await findEventRow(trx, { by: "url", url: event.url })) ?? (await insertSeed(trx, event, now));
  if (row.type === "agora") {
    await lockEvent(trx, row.id);
    await seedMembersList(trx, row);
    await seedPosition(trx, row);
  }
}

function insertSeed(
  trx: Transaction<Tables>,
  { dates, questions, ...event }: SeedEvent,
  now: Date,
): Promise<EventRow> {
  return insertEvent(trx, {
    ...event,
    ...formatEventDates(dates),
    status: "published",
    publication_date: now.toISOString(),
    questions: JSON.stringify(questions),
    locations: JSON.stringify([]),
    vegetarian: false,
    booklet_folder: null,
  });
}

async function seedMembersList(trx: Transaction<Tables>, event: EventRow): Promise<void> {
  const key = { eventId: event.id, bodyId: seedBodies.testburg.id };
  if ((await findMembersList(trx, key)) !== undefined) {
    return;
  }
  const members = planSeedMembers();
  await upsertMembersList(trx, {
    event_id: event.id,
    body_id: key.bodyId,
    user_id: seedUsers.board.id,
    currency: "EUR",
    conversion_rate: 1,
    members: JSON.stringify(members),
  });
  const bodyType = seedBodies.testburg.type;
  await recalculateAntennaVotes(trx, key, { bodyType, memberCount: members.length });
}

/** Open for candidates as long as the Agora takes applications. */
async function seedPosition(trx: Transaction<Tables>, event: EventRow): Promise<void> {
  const { count } = await listPositions(trx, { eventId: event.id, limit: 1, offset: 0 });
  if (count === 0) {
    await insertPosition(trx, {
      event_id: event.id,
      name: "President of AEGEE-Europe",
      body_id: seedBodies.testburg.id,
      requirements: "Two Agorae attended.",
      starts: event.application_period_starts,
      ends: event.application_period_ends,
      ends_force: null,
      start_term: null,
      end_term: null,
      places: 1,
      status_override: null,
    });
  }
}
