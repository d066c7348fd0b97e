import type { Event, PublicEvent } from "./event.schema.ts";
import type { EventRow } from "./events.repository.ts";

/** A stored event as its organisers see it. Applications are open from the first moment to the last, both included. */
export function viewEvent(row: EventRow, now: Date): Event {
  const isOpen = now >= new Date(row.application_starts) && now <= new Date(row.application_ends);
  return { ...row, application_status: isOpen ? "open" : "closed" };
}

/** What everybody may see of it. */
export function viewPublicEvent(row: EventRow, now: Date): PublicEvent {
  const {
    organizers: _organizers,
    budget: _budget,
    programme: _programme,
    deleted: _deleted,
    ...event
  } = viewEvent(row, now);
  return event;
}
