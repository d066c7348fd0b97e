import type { EventPermissions, EventStatus } from "../../api/events.ts";

export interface StatusMove {
  from: EventStatus;
  to: EventStatus;
  label: string;
  done: string;
  isMain: boolean;
}

const MOVES: readonly StatusMove[] = [
  {
    from: "draft",
    to: "submitted",
    label: "Ask for approval",
    done: "The event is submitted. The approvers have been told.",
    isMain: true,
  },
  {
    from: "submitted",
    to: "published",
    label: "Approve and publish",
    done: "The event is published.",
    isMain: true,
  },
  {
    from: "submitted",
    to: "draft",
    label: "Request changes",
    done: "The event is a draft again. Its organisers have been told.",
    isMain: false,
  },
  {
    from: "published",
    to: "submitted",
    label: "Unpublish",
    done: "The event is not public any more.",
    isMain: false,
  },
];

/** The moves of an event's state machine that this caller may make now. */
export function planStatusMoves(
  status: EventStatus,
  can: EventPermissions | null,
): readonly StatusMove[] {
  return MOVES.filter(({ from, to }) => from === status && can?.change_status[to] === true);
}
