import { sql } from "kysely";
import { expect, test } from "vitest";

import {
  countApplications,
  readApplicationsOfBody,
  readApplicationsOfEvent,
} from "../src/applications/applications.repository.ts";
import { readEventPage } from "../src/events/event-pages.repository.ts";
import { readEvent } from "../src/events/events.repository.ts";
import { startEvents } from "./start-events.ts";

const { db, queries } = await startEvents();
const page = { limit: 50, offset: 0 };

test.for([
  ["a slug", () => readEvent(db, "my-event"), /events_url_unique/],
  ["the public list", () => readList({ kind: "published" }), /events_published_by_start/],
  [
    "what waits for approval",
    () => readList({ kind: "approvable", types: ["nwm"] }),
    /events_unpublished_by_type/,
  ],
  ["an organiser's events", () => readList({ kind: "organized", userId: 3 }), /events_organizers/],
  ["an applicant's events", () => readList({ kind: "applied", userId: 3 }), /applications_by_user/],
  [
    "the applications to an event",
    () => readApplicationsOfEvent(db, 1, page),
    /applications_by_event/,
  ],
  [
    "the applications from a body",
    () => readApplicationsOfBody(db, 1, page),
    /applications_by_body/,
  ],
  ["how many from a body", () => countApplications(db, { body_id: 1 }), /applications_by_body/],
] as const)("an index finds %s", async ([_what, run, index]) => {
  const [statement = ""] = await queries.during(run);

  expect(await explain(statement)).toMatch(index);
});

function readList(scope: Parameters<typeof readEventPage>[1]["scope"]) {
  return readEventPage(db, { scope, filter: {}, page });
}

/** The plan that PostgreSQL has when reading whole tables is its last resort, for any parameters. */
async function explain(statement: string): Promise<string> {
  return db.connection().execute(async (connection) => {
    await sql`set enable_seqscan = off`.execute(connection);
    const { rows } = await sql
      .raw<{ "QUERY PLAN": string }>(`explain (generic_plan) ${statement}`)
      .execute(connection);
    return rows.map((row) => row["QUERY PLAN"]).join("\n");
  });
}
