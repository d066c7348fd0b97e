import { hasPermission } from "@myaegee/auth";
import type { Session } from "@myaegee/contracts";
import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventListQuery } from "./event-list-query.ts";
import { eventTypes, type EventType } from "./event-types.ts";
import { listAppliedEvents, listEvents } from "./events.repository.ts";
import type { Event } from "./events.schema.ts";
import { formatEvent } from "./format-event.ts";

/** Published events for everybody; with `all` the drafts of one's own types too. */
export async function listVisibleEvents(
  query: EventListQuery,
  session: Session | null,
  { db, now }: Deps,
): Promise<{ rows: Event[]; count: number }> {
  const { events, count } = await listEvents(db, {
    search: query.search,
    types: query.type ?? query["type[]"],
    startsFrom: query.starts,
    endsUntil: query.ends,
    draftTypes: query.all === true ? expectManagedTypes(session) : [],
    limit: query.limit,
    offset: query.offset,
  });
  const moment = now();
  return { rows: events.map((event) => formatEvent(event, moment)), count };
}

/** What the caller has applied to. */
export async function listOwnEvents(
  userId: number,
  page: { limit: number; offset: number },
  { db, now }: Deps,
) {
  const { events, count } = await listAppliedEvents(db, { userId, ...page });
  const moment = now();
  const rows = events.map(({ user_id, cancelled, application_status, ...event }) =>
    Object.assign(formatEvent(event, moment), {
      applications: [{ user_id, cancelled, status: application_status }],
    }),
  );
  return { rows, count };
}

function expectManagedTypes(session: Session | null): EventType[] {
  const managed = eventTypes.filter((type) => hasPermission(session, `manage_event:${type}`));
  if (managed.length === 0) {
    throw forbidden("You are not allowed to see events that are not published.");
  }
  return managed;
}
