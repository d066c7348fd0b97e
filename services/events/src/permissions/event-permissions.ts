import { bodiesWith, hasPermission } from "@myaegee/auth";
import type { Session } from "@myaegee/contracts";

import { eventTypes, type Event, type EventType } from "../events/event.schema.ts";
import { canMove } from "../events/status-machine.ts";
import type { CallerPermissions, EventPermissions } from "./permissions.schema.ts";

/** The facts about an event that decide who may do what with it. */
export type EventFacts = Pick<
  Event,
  "type" | "status" | "deleted" | "organizers" | "application_status"
>;

export function deriveCallerPermissions(session: Session | null): CallerPermissions {
  const boardBodies = bodiesWith(session, "approve_members:events");
  const byBody = Object.fromEntries(
    [...(session?.user?.bodies.map(({ id }) => id) ?? []), ...boardBodies].map((id) => [
      id,
      boardBodies.includes(id),
    ]),
  );
  return {
    approve_event: deriveByType(session, "approve_event"),
    manage_event: deriveByType(session, "manage_event"),
    set_board_comment: byBody,
    see_boardview: byBody,
  };
}

/** Nobody changes a deleted event any more; those who ran it still see it. */
export function deriveEventPermissions(
  event: EventFacts,
  session: Session | null,
): EventPermissions {
  const caller = deriveCallerPermissions(session);
  const isOrganizer = isOrganizerOf(event, session);
  const isManager = caller.manage_event[event.type];
  const isAlive = !event.deleted;
  const isPublished = isAlive && event.status === "published";
  const runsEvent = isOrganizer || isManager;
  const selects = isAlive && runsEvent;
  const editsDraft = isOrganizer && event.status === "draft";
  return {
    ...caller,
    see_event: isPublished || seesWholeEvent(event, session),
    edit_event: isAlive && (isManager || editsDraft),
    delete_event: isAlive && isManager,
    apply: isPublished && event.application_status === "open",
    list_applications: runsEvent,
    approve_participants: selects,
    set_participants_confirmed: selects,
    set_participants_attended: selects,
    export: runsEvent,
    change_status: deriveMoves(event, {
      isOrganizer,
      isApprover: caller.approve_event[event.type],
    }),
  };
}

function deriveMoves(event: EventFacts, who: { isOrganizer: boolean; isApprover: boolean }) {
  const canMoveTo = (status: Event["status"]) =>
    !event.deleted && canMove(event.status, status, who);
  return {
    draft: canMoveTo("draft"),
    submitted: canMoveTo("submitted"),
    published: canMoveTo("published"),
  };
}

/** Budget, programme and organisers are for those who run or judge the event. */
export function seesWholeEvent(event: EventFacts, session: Session | null): boolean {
  const { approve_event, manage_event } = deriveCallerPermissions(session);
  return isOrganizerOf(event, session) || approve_event[event.type] || manage_event[event.type];
}

export function approvableTypes(session: Session): EventType[] {
  const { approve_event } = deriveCallerPermissions(session);
  return eventTypes.filter((type) => approve_event[type]);
}

function isOrganizerOf(event: Pick<Event, "organizers">, session: Session | null): boolean {
  const userId = session?.user?.id;
  return event.organizers.some(({ user_id }) => user_id === userId);
}

function deriveByType(session: Session | null, action: string) {
  const holds = (type: EventType) => hasPermission(session, `${action}:${type}`);
  return {
    training: holds("training"),
    nwm: holds("nwm"),
    conference: holds("conference"),
    cultural: holds("cultural"),
  };
}
