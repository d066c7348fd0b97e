import type { UserSession } from "@myaegee/auth";

import type { Deps } from "../deps.ts";
import type { EventQuery } from "../events/event-query.ts";
import { listEvents } from "../events/list-events.ts";
import { viewPublicEvent } from "../events/view-event.ts";
import { readApplicationsOfUser } from "./applications.repository.ts";

/** The events that somebody applied to, each with their application. */
export async function listParticipations(query: EventQuery, { user }: UserSession, deps: Deps) {
  const scope = { kind: "applied", userId: user.id } as const;
  const page = await listEvents({ scope, query, view: viewPublicEvent }, deps);
  const own = await readApplicationsOfUser(
    deps.db,
    user.id,
    page.data.map(({ id }) => id),
  );
  const data = page.data.map((event) => ({
    ...event,
    applications: own.filter(({ event_id }) => event_id === event.id),
  }));
  return { ...page, data };
}
