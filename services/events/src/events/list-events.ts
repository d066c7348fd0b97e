import { okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readEventPage, type EventScope } from "./event-pages.repository.ts";
import { planFilter, type EventQuery } from "./event-query.ts";
import type { EventRow } from "./events.repository.ts";

export interface EventList<View> {
  scope: EventScope;
  query: EventQuery;
  view: (row: EventRow, now: Date) => View;
}

export async function listEvents<View>({ scope, query, view }: EventList<View>, { db }: Deps) {
  const { rows, count } = await readEventPage(db, {
    scope,
    filter: planFilter(query),
    page: query,
  });
  const now = new Date();
  return okPage(
    rows.map((row) => view(row, now)),
    count,
    query,
  );
}
