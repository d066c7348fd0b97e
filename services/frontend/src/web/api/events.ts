import { callApi, fetchAll, fetchData } from "./client.ts";
import type { Envelope } from "./envelope.ts";
import type { Answer, Question } from "./questions.ts";

export const EVENT_TYPE_NAMES = {
  training: "Training course",
  nwm: "Network meeting",
  conference: "Conference",
  cultural: "Cultural event",
} as const;

export type EventStatus = "draft" | "submitted" | "published";

export interface EventDetails {
  name: string;
  url: string | null;
  description: string;
  type: string;
  starts: string;
  ends: string;
  application_starts: string;
  application_ends: string;
  fee: number;
  optional_fee?: number | null;
  optional_programme?: string | null;
  max_participants: number | null;
  meals_per_day?: number | null;
  vegetarian?: boolean;
  accommodation_type?: string | null;
  link_info_travel_country?: string | null;
  budget?: string | null;
  programme?: string | null;
  questions: Question[];
}

export interface AegeeEvent extends EventDetails {
  id: number;
  status: EventStatus;
  application_status: "open" | "closed";
  image?: string | null;
  organizing_bodies: { body_id: number; body_name?: string }[];
  organizers?: {
    user_id: number;
    first_name?: string;
    last_name?: string;
    comment?: string | null;
  }[];
  locations?: { name: string }[];
}

export interface EventPermissions {
  edit_event: boolean;
  delete_event: boolean;
  approve_event?: boolean;
  apply: boolean;
  list_applications: boolean;
  change_status: Record<EventStatus, boolean>;
}

export interface EventDraft extends EventDetails {
  organizing_bodies: { body_id: number }[];
  organizers: { user_id: number; comment?: string }[];
}

export interface EventApplication {
  id: number;
  event_id: number;
  user_id: number;
  body_id: number;
  body_name: string;
  first_name: string;
  last_name: string;
  status: "pending" | "accepted" | "rejected";
  confirmed: boolean;
  attended: boolean;
  board_comment: string | null;
  answers: Answer[];
  created_at?: string;
}

export interface ApplicationDraft {
  body_id: number | null;
  answers: Answer[];
  agreed_to_privacy_policy: boolean;
}

export interface EventFilter {
  search?: string;
  type?: string;
  starts?: string;
  ends?: string;
  limit?: number;
  offset?: number;
}

export interface EventView {
  event: AegeeEvent;
  can: EventPermissions | null;
}

/** An event of "mine/participating" carries my application. */
export interface ParticipatingEvent extends AegeeEvent {
  applications: Pick<EventApplication, "id" | "status">[];
}

export const events = {
  list: (filter: EventFilter): Promise<Envelope<AegeeEvent[]>> =>
    callApi("events/", { query: { ...filter } }),
  listOrganizing: (): Promise<AegeeEvent[]> => fetchAll("events/mine/organizing"),
  listParticipating: (): Promise<ParticipatingEvent[]> => fetchAll("events/mine/participating"),
  listApprovable: (): Promise<AegeeEvent[]> => fetchAll("events/mine/approvable"),
  fetchOne,
  create: (draft: EventDraft): Promise<AegeeEvent> =>
    fetchData("events/", { method: "POST", body: draft }),
  update: (id: number, draft: Partial<EventDraft>): Promise<AegeeEvent> =>
    fetchData(`events/single/${id}`, { method: "PUT", body: draft }),
  remove: (id: number): Promise<unknown> => fetchData(`events/single/${id}`, { method: "DELETE" }),
  uploadPicture: (id: number, picture: File): Promise<unknown> => {
    const form = new FormData();
    form.set("head_image", picture);
    return fetchData(`events/single/${id}/upload`, { method: "POST", body: form });
  },
  setStatus: (id: number, status: EventStatus): Promise<unknown> =>
    fetchData(`events/single/${id}/status`, { method: "PUT", body: { status } }),

  listApplications: (event: string | number): Promise<EventApplication[]> =>
    fetchAll(`events/single/${event}/applications`),
  fetchApplication: (event: string | number, id: string): Promise<EventApplication> =>
    fetchData(`events/single/${event}/applications/${id}`),
  apply: (event: string | number, draft: ApplicationDraft): Promise<EventApplication> =>
    fetchData(`events/single/${event}/applications`, { method: "POST", body: draft }),
  updateApplication: (
    event: string | number,
    id: string | number,
    draft: Partial<ApplicationDraft>,
  ): Promise<EventApplication> =>
    fetchData(`events/single/${event}/applications/${id}`, { method: "PUT", body: draft }),
  setApplicationFlag: (
    event: string | number,
    id: number,
    change: { status: string } | { confirmed: boolean } | { attended: boolean },
  ): Promise<unknown> =>
    fetchData(`events/single/${event}/applications/${id}/${Object.keys(change).join("")}`, {
      method: "PUT",
      body: change,
    }),
};

/**
 * Where an event's picture is; the name changes with the picture, so browsers may keep it. Only a
 * published one can be shown: an image element sends no token.
 */
export function formatPictureUrl(event: AegeeEvent): string | null {
  if (!event.image || event.status !== "published") return null;
  return `/api/events/single/${event.id}/picture?name=${encodeURIComponent(event.image)}`;
}

async function fetchOne(id: string | number): Promise<EventView> {
  const { data, permissions } = await callApi<AegeeEvent & { permissions?: EventPermissions }>(
    `events/single/${encodeURIComponent(id)}`,
  );
  return { event: data, can: data.permissions ?? readPermissions(permissions) };
}

function readPermissions(value: unknown): EventPermissions | null {
  return isEventPermissions(value) ? value : null;
}

function isEventPermissions(value: unknown): value is EventPermissions {
  return typeof value === "object" && value !== null && "change_status" in value;
}
