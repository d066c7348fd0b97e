import { createDatabase } from "@myaegee/database";
import { sql, type Kysely } from "kysely";

import type { Tables } from "../tables.ts";
import { planSeedEvents, type SeedEvent } from "./seed-events.ts";

/** Test data; events that are there already stay as people have left them. */
export async function seed(databaseUrl: string): Promise<void> {
  const db = createDatabase<Tables>({ url: databaseUrl, applicationName: "events-seed" });
  try {
    for (const event of planSeedEvents(new Date())) {
      await insertMissing(db, event);
    }
  } finally {
    await db.destroy();
  }
}

async function insertMissing(db: Kysely<Tables>, event: SeedEvent): Promise<void> {
  await db
    .insertInto("events")
    .values({
      ...event,
      organizing_bodies: JSON.stringify(event.organizing_bodies),
      organizers: JSON.stringify(event.organizers),
      locations: JSON.stringify(event.locations),
      questions: JSON.stringify(event.questions),
      publication_date: event.status === "published" ? sql`now()` : null,
    })
    .onConflict((conflict) => conflict.column("url").doNothing())
    .execute();
}
