import type { UserSession } from "@myaegee/auth";
import { notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventRow } from "../events/events.repository.ts";
import { findEvent } from "../events/find-event.ts";
import { readApplication, type ApplicationRow } from "./applications.repository.ts";

/** An application as its address names it. */
export interface ApplicationKey {
  /** Id or slug of the event. */
  event: string;
  /** Id, or `me` for the caller's own. */
  application: string;
}

/** Only within its event: an id of another event's application finds nothing. */
export async function findApplication(
  key: ApplicationKey,
  session: UserSession,
  deps: Deps,
): Promise<{ event: EventRow; application: ApplicationRow }> {
  const event = await findEvent(key.event, deps);
  const which =
    key.application === "me" ? { userId: session.user.id } : { id: Number(key.application) };
  const application = await readApplication(deps.db, event.id, which);
  if (application === undefined) {
    throw notFound("Application");
  }
  return { event, application };
}
