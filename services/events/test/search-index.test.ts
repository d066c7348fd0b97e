import { sql } from "kysely";
import { expect, test } from "vitest";

import { readEventPage } from "../src/events/event-pages.repository.ts";
import { startEvents } from "./start-events.ts";

const { db, queries } = await startEvents();

test("indexes find a text in names and descriptions, for the page and for its count", async () => {
  await fillEvents();
  const page = { limit: 50, offset: 0 };
  const statements = await queries.during(() =>
    readEventPage(db, { scope: { kind: "published" }, filter: { search: "Voronezh" }, page }),
  );

  const plans = await Promise.all(statements.map(explain));

  expect(plans).toHaveLength(2);
  expect(plans[0]).toMatch(/BitmapOr[^]*events_name_search[^]*events_description_search/);
  expect(plans[1]).toMatch(/BitmapOr[^]*events_name_search[^]*events_description_search/);
});

/** As many as make reading all of them the dearer way. */
async function fillEvents(): Promise<void> {
  await sql`
    insert into events (name, description, type, status, organizing_bodies, organizers,
      application_starts, application_ends, starts, ends)
    select 'Event ' || n, repeat('What happens at event ' || n || '. ', 20), 'training',
      'published', '[]', '[]', '2027-01-01', '2027-02-01', '2027-03-01', '2027-03-05'
    from generate_series(1, 5000) as n`.execute(db);
  // Also merges what the index still keeps in its list of pending entries.
  await sql`vacuum analyze events`.execute(db);
}

async function explain(statement: string): Promise<string> {
  const { rows } = await sql
    .raw<{ "QUERY PLAN": string }>(`explain (generic_plan) ${statement}`)
    .execute(db);
  return rows.map((row) => row["QUERY PLAN"]).join("\n");
}
