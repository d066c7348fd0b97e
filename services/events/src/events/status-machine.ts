import type { EventStatus } from "./event.schema.ts";

/** Whom a move of an event asks for. An approver may do all that an organiser may. */
export type Mover = "organizer" | "approver";

/** The only moves there are; whatever is not listed does not happen. */
const moves: Record<EventStatus, Partial<Record<EventStatus, Mover>>> = {
  draft: { submitted: "organizer" },
  submitted: { draft: "approver", published: "approver" },
  published: { submitted: "approver" },
};

export function canMove(
  from: EventStatus,
  to: EventStatus,
  who: { isOrganizer: boolean; isApprover: boolean },
): boolean {
  const mover = moves[from][to];
  return (who.isApprover && mover !== undefined) || (who.isOrganizer && mover === "organizer");
}
