import { forbidden, notFound } from "@myaegee/service-kit";

import { isHeld } from "../applications/application-permissions.ts";
import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { formatMembersList } from "./format-members-list.ts";
import { findMembersList, updateFeePaid } from "./members-lists.repository.ts";
import type { MembersList } from "./members-lists.schema.ts";

export async function readMembersList(
  bodyId: number,
  { event, permissions }: EventContext,
  { db }: Deps,
): Promise<MembersList> {
  if (!isHeld(permissions.see_memberslist, bodyId)) {
    throw forbidden("You are not allowed to see this members list.");
  }
  const row = await findMembersList(db, { eventId: event.id, bodyId });
  if (row === undefined) {
    throw notFound("Members list");
  }
  return formatMembersList(row);
}

/** Only the amount changes: who pays part of the fee still owes the rest. */
export async function setFeePaid(
  feePaid: number,
  { bodyId, context }: { bodyId: number; context: EventContext },
  { db }: Deps,
): Promise<MembersList> {
  if (!context.permissions.set_memberslists_fee_paid) {
    throw forbidden("You are not allowed to set what a body has paid.");
  }
  const row = await updateFeePaid(db, { eventId: context.event.id, bodyId }, feePaid);
  if (row === undefined) {
    throw notFound("Members list");
  }
  return formatMembersList(row);
}
