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
  return planEventWindows(parseEventDates(row), now);
}
