import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { updateEvent } from "./events.repository.ts";
import type { EventContext } from "./read-event-context.ts";

/** Publishes an event, or takes it back to draft. */
export async function changeEventStatus(
  status: "draft" | "published",
  { event, permissions }: EventContext,
  { db, now }: Deps,
): Promise<void> {
  if (!permissions.change_event_status) {
    throw forbidden(`You are not allowed to publish events of type ${event.type}.`);
  }
  const publication = status === "published" ? { publication_date: now().toISOString() } : {};
  await updateEvent(db, event.id, { status, ...publication });
}
