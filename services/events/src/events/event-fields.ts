import type { FieldErrors } from "@myaegee/service-kit";

import type {
  EventChanges,
  EventType,
  Location,
  Organizer,
  OrganizingBody,
  Question,
} from "./event.schema.ts";
import { parseMoment } from "./parse-moment.ts";

export const dateFields = ["application_starts", "application_ends", "starts", "ends"] as const;
export type DateField = (typeof dateFields)[number];

/** What organisers write of an event, as it is stored; moments as `parseMoment` gives them. */
export interface EventFields extends Record<DateField, string> {
  name: string;
  url: string | null;
  description: string;
  type: EventType;
  organizing_bodies: OrganizingBody[];
  organizers: Organizer[];
  locations: Location[];
  questions: Question[];
  fee: number | null;
  optional_fee: number | null;
  max_participants: number | null;
  budget: string | null;
  programme: string | null;
  optional_programme: string | null;
  link_info_travel_country: string | null;
  meals_per_day: number | null;
  vegetarian: boolean;
  accommodation_type: string | null;
}

/** What a body says by itself; names of people and bodies come from core. */
export type OwnFields = Omit<EventFields, "organizers" | "organizing_bodies">;

/** Before anything is written: what the database would fill in. */
export const blankFields: OwnFields = {
  name: "",
  url: null,
  description: "",
  application_starts: "",
  application_ends: "",
  starts: "",
  ends: "",
  type: "training",
  locations: [],
  questions: [],
  fee: 0,
  optional_fee: 0,
  max_participants: null,
  budget: null,
  programme: null,
  optional_programme: null,
  link_info_travel_country: null,
  meals_per_day: 0,
  vegetarian: false,
  accommodation_type: null,
};

/** What a body says of an event by itself, in the form that is stored. */
export function parseOwnFields(body: EventChanges): {
  fields: Partial<OwnFields>;
  errors: FieldErrors;
} {
  const { organizers: _organizers, organizing_bodies: _bodies, ...known } = body;
  const { application_starts, application_ends, starts, ends, url, ...plain } = known;
  const { dates, errors } = parseDates({ application_starts, application_ends, starts, ends });
  return {
    fields: { ...plain, ...dates, ...(url === undefined ? {} : { url: parseSlug(url) }) },
    errors,
  };
}

function parseDates(texts: Partial<Record<DateField, string | undefined>>) {
  const dates: Partial<Record<DateField, string>> = {};
  const errors: Record<string, string[]> = {};
  for (const field of dateFields) {
    const text = texts[field];
    const date = text === undefined ? null : parseMoment(text);
    if (date !== null) {
      dates[field] = date;
    } else if (text !== undefined) {
      errors[field] = [`${JSON.stringify(text)} is no date; expected ISO 8601.`];
    }
  }
  return { dates, errors };
}

function parseSlug(url: string | null): string | null {
  const slug = url?.trim().toLowerCase() ?? "";
  return slug === "" ? null : slug;
}
