import { bodiesWith, hasPermission } from "@myaegee/auth";
import { localBodyTypes, type Session } from "@myaegee/contracts";

import { hasAnyPlace, type PaxLimits } from "../limits/pax-limits.ts";
import { eventTypes, type EventType } from "./event-types.ts";
import type { EventWindows } from "./event-windows.ts";
import type { EventPermissions } from "./events.schema.ts";

export interface EventPermissionFacts {
  session: Session | null;
  type: EventType;
  windows: EventWindows;
  /** Of each body of the caller. */
  limits: ReadonlyMap<number, PaxLimits>;
  /** Whether the caller's own application is confirmed. */
  isConfirmed: boolean;
}

/** What a caller may do with an event: their permissions and the calendar together. */
export function planEventPermissions(facts: EventPermissionFacts): EventPermissions {
  return {
    ...planGlobalPermissions(facts.session),
    ...planManagerPermissions(facts),
    ...planListPermissions(facts),
    ...planAgoraPermissions(facts),
    ...planBodyPermissions(facts),
  };
}

function planManagerPermissions({ session, type, windows }: EventPermissionFacts) {
  const can = (action: string) => hasPermission(session, `${action}:${type}`);
  const canManageEvent = can("manage_event");
  const managesApplications = can("manage_applications");
  return {
    edit_event: canManageEvent,
    change_event_status: canManageEvent,
    delete_event: canManageEvent,
    apply: windows.can_apply || managesApplications || can("apply"),
    use_massmailer: can("use_massmailer"),
    manage_applications: managesApplications,
    manage_incoming: can("manage_incoming"),
    manage_juridical: can("manage_juridical"),
    set_memberslists_fee_paid: can("set_memberslists_fee_paid"),
  };
}

function planListPermissions({ session, type, windows }: EventPermissionFacts) {
  const can = (action: string) => hasPermission(session, `${action}:${type}`);
  const manages = can("manage_applications");
  const hosts = manages || can("manage_incoming");
  return {
    see_applications: manages,
    see_applications_juridical: manages || can("manage_juridical"),
    see_applications_incoming: hosts,
    see_applications_network: manages || can("update_memberslist_status"),
    see_participants_list: windows.can_see_participants_list || manages,
    export: { openslides: hosts, all: manages, incoming: hosts },
  };
}

function planAgoraPermissions({ session, type, isConfirmed }: EventPermissionFacts) {
  const managesPlenaries = hasPermission(session, "manage_plenaries:agora");
  const managesQuestions = hasPermission(session, `manage_question_lines:${type}`);
  return {
    manage_candidates: hasPermission(session, "manage_candidates:agora"),
    manage_plenaries: managesPlenaries,
    see_plenaries: managesPlenaries || hasPermission(session, "see_plenaries:agora"),
    mark_attendance: hasPermission(session, "mark_attendance:agora"),
    manage_question_lines: managesQuestions,
    see_questions: managesQuestions || isConfirmed,
    submit_questions: isConfirmed,
  };
}

function planGlobalPermissions(session: Session | null) {
  const [agora, epm, spm] = eventTypes.map((type) =>
    hasPermission(session, `manage_event:${type}`),
  );
  const byType = { agora: agora === true, epm: epm === true, spm: spm === true };
  return { create_event: byType, edit_pax_limits: byType };
}

function planBodyPermissions({ session, type, windows, limits }: EventPermissionFacts) {
  const bodies = session?.user?.bodies ?? [];
  const can = (action: string) => hasPermission(session, `${action}:${type}`);
  const approvesAll = can("approve_members");
  const approvedIds = new Set(bodiesWith(session, `approve_members:${type}`));
  const approves = ({ id }: { id: number }) => approvedIds.has(id);
  const approvesLocal = (body: { id: number; type: string }) =>
    approves(body) && localBodyTypes.includes(body.type);
  const byBody = (global: boolean, isHeld: (body: (typeof bodies)[number]) => boolean) => ({
    global,
    ...Object.fromEntries(bodies.map((body) => [body.id, isHeld(body)])),
  });
  return {
    set_board_comment_and_participant_type: byBody(
      approvesAll,
      (body) => windows.can_approve_members && approves(body),
    ),
    see_boardview: byBody(approvesAll, approves),
    upload_memberslist: byBody(
      approvesAll,
      (body) => windows.can_upload_memberslist && approvesLocal(body),
    ),
    edit_memberslist: byBody(
      approvesAll,
      (body) => windows.can_edit_memberslist && approvesLocal(body),
    ),
    see_memberslist: byBody(can("see_memberslists"), approvesLocal),
    see_missing_memberslist: {
      global: can("see_missing_memberslists") || can("see_memberslists"),
    },
    see_memberslist_without_fee: {
      global: can("see_memberslists_without_fee"),
    },
    apply_from_body: Object.fromEntries([...limits].map(([id, own]) => [id, hasAnyPlace(own)])),
  };
}
