import { formatSearchPattern } from "@myaegee/database";
import type { Page } from "@myaegee/service-kit";
import { sql, type Expression, type ExpressionBuilder, type Kysely, type SqlBool } from "kysely";

import type { Tables } from "../tables.ts";
import type { EventType } from "./event.schema.ts";
import type { EventRow } from "./events.repository.ts";

/** Whose list it is: what is in it before anybody filters. */
export type EventScope =
  | { kind: "published" }
  | { kind: "organized"; userId: number }
  | { kind: "applied"; userId: number }
  | { kind: "approvable"; types: readonly EventType[] };

export interface EventFilter {
  search?: string | undefined;
  types?: readonly EventType[] | undefined;
  /** First moment that the event may start at. */
  startsFrom?: string | undefined;
  /** First moment that is too late for its end. */
  endsBefore?: string | undefined;
}

/** One page, soonest first, and how many there are in all: two queries, however long the page. */
export async function readEventPage(
  db: Kysely<Tables>,
  wanted: { scope: EventScope; filter: EventFilter; page: Page },
): Promise<{ rows: EventRow[]; count: number }> {
  const matching = db
    .selectFrom("events")
    .where((eb) =>
      eb.and([
        eb("deleted", "=", sql.lit(false)),
        ...planScope(eb, wanted.scope),
        ...planFilter(eb, wanted.filter),
      ]),
    );
  const [rows, { count }] = await Promise.all([
    matching
      .selectAll()
      .orderBy("starts")
      .orderBy("id")
      .limit(wanted.page.limit)
      .offset(wanted.page.offset)
      .execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { rows, count };
}

type Builder = ExpressionBuilder<Tables, "events">;

/** Constants stand in the text of the query: as parameters they would hide that a partial index fits. */
function planScope(eb: Builder, scope: EventScope): Expression<SqlBool>[] {
  switch (scope.kind) {
    case "published":
      return [eb("status", "=", sql.lit("published"))];
    case "organized": {
      const organizer = JSON.stringify([{ user_id: scope.userId }]);
      return [sql<boolean>`organizers @> ${organizer}::jsonb`];
    }
    case "applied":
      return [
        eb(
          "id",
          "in",
          eb.selectFrom("applications").select("event_id").where("user_id", "=", scope.userId),
        ),
      ];
    case "approvable":
      return [
        eb("status", "<>", sql.lit("published")),
        eb("type", "=", eb.fn.any(eb.val([...scope.types]))),
      ];
  }
}

function planFilter(eb: Builder, filter: EventFilter): Expression<SqlBool>[] {
  const { search, types, startsFrom, endsBefore } = filter;
  return [
    ...(search ? [planSearch(eb, formatSearchPattern(search))] : []),
    ...(types?.length ? [eb("type", "in", types)] : []),
    ...(startsFrom === undefined ? [] : [eb("starts", ">=", startsFrom)]),
    ...(endsBefore === undefined ? [] : [eb("ends", "<", endsBefore)]),
  ];
}

function planSearch(eb: Builder, pattern: string): Expression<SqlBool> {
  return eb.or([eb("name", "ilike", pattern), eb("description", "ilike", pattern)]);
}
