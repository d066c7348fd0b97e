import type { EventPermissions } from "../events/events.schema.ts";
import type { ApplicationPermissions } from "./applications.schema.ts";

export interface ApplicationPermissionFacts {
  event: EventPermissions & { can_apply: boolean; can_apply_anytime: boolean };
  bodyId: number;
  isMine: boolean;
  updatesMembersList: boolean;
}

/** What a caller may do with one application. */
export function planApplicationPermissions({
  event,
  bodyId,
  isMine,
  updatesMembersList,
}: ApplicationPermissionFacts): ApplicationPermissions {
  const manages = event.manage_applications;
  const isMineInPeriod = isMine && event.can_apply;
  const isIncoming = manages || event.manage_incoming;
  const isJuridical = manages || event.manage_juridical;
  return {
    see_application: isMine || isIncoming || isHeld(event.see_boardview, bodyId),
    edit_application: isMineInPeriod || manages || event.can_apply_anytime,
    set_application_cancelled: isMineInPeriod || manages,
    set_application_confirmed: isIncoming,
    set_application_incoming: isIncoming,
    set_application_attended: isIncoming,
    set_application_registered: isJuridical,
    set_application_departed: isJuridical,
    set_application_is_on_memberslist: manages || updatesMembersList,
    change_status: manages,
  };
}

/** Whether a permission by body holds for this one, or for all. */
export function isHeld(byBody: Readonly<Record<string, boolean>>, bodyId: number): boolean {
  return byBody["global"] === true || byBody[bodyId] === true;
}
