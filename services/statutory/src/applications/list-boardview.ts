import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { addNotificationEmails } from "../mails/recipients.ts";
import { isHeld } from "./application-permissions.ts";
import { listBodyApplications } from "./applications.repository.ts";

export interface BoardviewRequest {
  context: EventContext;
  bodyId: number;
  query: { limit: number; offset: number };
}

/** In the order of the board: by type, order, then age. */
export async function listBoardview(
  { context, bodyId, query }: BoardviewRequest,
  { db, core }: Deps,
) {
  const { event, permissions } = context;
  if (!isHeld(permissions.see_boardview, bodyId)) {
    throw forbidden("You are not allowed to see the applications of this body.");
  }
  const applications = await listBodyApplications(db, { eventId: event.id, bodyId });
  const page = applications.slice(query.offset, query.offset + query.limit);
  return { rows: await addNotificationEmails(page, core), count: applications.length };
}
