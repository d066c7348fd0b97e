import type { UserSession } from "@myaegee/auth";

import type { Deps } from "../deps.ts";
import { deriveEventPermissions } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { lockEvent, markDeleted } from "./events.repository.ts";
import { findEvent } from "./find-event.ts";
import { viewEvent } from "./view-event.ts";

/** The event leaves every list; those who ran it still find it. */
export async function deleteEvent(key: string, session: UserSession, deps: Deps): Promise<void> {
  const found = await findEvent(key, deps);
  await deps.db.transaction().execute(async (trx) => {
    const event = viewEvent(await lockEvent(trx, found.id), new Date());
    const { delete_event } = deriveEventPermissions(event, session);
    expectAllowed(delete_event, "You are not allowed to delete this event.");
    await markDeleted(trx, event.id);
  });
}
