import { sql, type Kysely } from "kysely";

/** In the order in which their rows refer to each other. */
const tables = [
  "attendances",
  "plenaries",
  "candidates",
  "positions",
  "votes_per_delegate",
  "votes_per_antenna",
  "members_lists",
  "applications",
  "application_counters",
  "events",
  "pax_limits",
  "exchange_rates",
  "outbox",
];

const withoutSequence = new Set(["application_counters", "exchange_rates", "outbox"]);

const statements = [
  ...tables.map((table) => `delete from ${table};`),
  ...tables
    .filter((table) => !withoutSequence.has(table))
    .map((table) => `perform setval(pg_get_serial_sequence('${table}', 'id'), 1, false);`),
];

/** Deletes all rows and starts ids at 1 again; far cheaper than truncating, which makes new files for every table. */
export async function emptyDatabase<Tables>(db: Kysely<Tables>): Promise<void> {
  await sql.raw(`do $$ begin ${statements.join(" ")} end $$`).execute(db);
}
