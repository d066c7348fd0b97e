import type { AegeeEvent, EventPermissions } from "../api/events.ts";

export function buildEvent(changes: Partial<AegeeEvent> = {}): AegeeEvent {
  return {
    id: 7,
    name: "Training for Facilitators",
    url: "facilitators",
    type: "training",
    status: "published",
    application_status: "open",
    description: "Three days of practice.",
    starts: "2027-05-01T10:00:00.000Z",
    ends: "2027-05-04T10:00:00.000Z",
    application_starts: "2027-01-01T10:00:00.000Z",
    application_ends: "2027-03-01T10:00:00.000Z",
    fee: 25,
    max_participants: 20,
    organizing_bodies: [{ body_id: 1, body_name: "AEGEE-Testburg" }],
    questions: [],
    ...changes,
  };
}

export function buildEventPermissions(changes: Partial<EventPermissions> = {}): EventPermissions {
  return {
    edit_event: false,
    delete_event: false,
    apply: true,
    list_applications: false,
    change_status: { draft: false, submitted: false, published: false },
    ...changes,
  };
}
