import type { Session } from "@myaegee/contracts";
import { unauthorized } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { deriveEventPermissions, seesWholeEvent } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import type { EventPermissions } from "../permissions/permissions.schema.ts";
import type { Event, PublicEvent } from "./event.schema.ts";
import type { EventRow } from "./events.repository.ts";
import { findEvent } from "./find-event.ts";
import { viewEvent, viewPublicEvent } from "./view-event.ts";

export async function showEvent(
  key: string,
  session: Session | null,
  deps: Deps,
): Promise<{ data: Event | PublicEvent; permissions: EventPermissions }> {
  const row = await findEvent(key, deps);
  const permissions = expectVisible(row, session);
  const now = new Date();
  const event = viewEvent(row, now);
  return {
    data: seesWholeEvent(event, session) ? event : viewPublicEvent(row, now),
    permissions,
  };
}

/** A stranger is asked to log in first: they may turn out to be an organiser. */
export function expectVisible(row: EventRow, session: Session | null): EventPermissions {
  const permissions = deriveEventPermissions(viewEvent(row, new Date()), session);
  if (!permissions.see_event && session === null) {
    throw unauthorized();
  }
  expectAllowed(permissions.see_event, "You cannot see this event.");
  return permissions;
}
