import type { EventRow } from "../tables.ts";
import { parseEventDates } from "./event-dates.ts";
import { planEventWindows, type EventWindows } from "./event-windows.ts";
import type { Event } from "./events.schema.ts";

/** An event as it is answered, with what its calendar allows at this moment. */
export function formatEvent(row: EventRow, now: Date): Event {
  const windows = readEventWindows(row, now);
  return {
    ...row,
    ...windows,
    memberslist_edit_deadline: windows.memberslist_edit_deadline.toISOString(),
  };
}

export function readEventWindows(row: EventRow, now: Date): EventWindows {
  return planEventWindows(parseEventDates(pickDates(row)), now);
}

function pickDates(row: EventRow) {
  return {
    starts: row.starts,
    ends: row.ends,
    application_period_starts: row.application_period_starts,
    application_period_ends: row.application_period_ends,
    board_approve_deadline: row.board_approve_deadline,
    participants_list_publish_deadline: row.participants_list_publish_deadline,
    memberslist_submission_deadline: row.memberslist_submission_deadline,
  };
}
