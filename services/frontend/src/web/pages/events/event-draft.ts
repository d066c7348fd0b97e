import type { AegeeEvent, EventDraft } from "../../api/events.ts";
import type { Question } from "../../api/questions.ts";
import { fromLocalInput, toLocalInput } from "../../format/dates.ts";

/** An event as its form holds it: everything as the inputs want it. */
export interface EventForm {
  name: string;
  url: string;
  description: string;
  type: string;
  starts: string;
  ends: string;
  application_starts: string;
  application_ends: string;
  fee: string | number;
  max_participants: string | number;
  meals_per_day: string | number;
  vegetarian: boolean;
  accommodation_type: string;
  optional_fee: string | number;
  optional_programme: string;
  budget: string;
  programme: string;
  body_id: number | "";
  questions: Question[];
}

export function createEmptyForm(bodyId: number | ""): EventForm {
  return {
    name: "",
    url: "",
    description: "",
    type: "",
    starts: "",
    ends: "",
    application_starts: "",
    application_ends: "",
    fee: 0,
    max_participants: "",
    meals_per_day: 3,
    vegetarian: false,
    accommodation_type: "",
    optional_fee: "",
    optional_programme: "",
    budget: "",
    programme: "",
    body_id: bodyId,
    questions: [],
  };
}

export function toForm(event: AegeeEvent): EventForm {
  return {
    name: event.name,
    url: orEmpty(event.url),
    description: event.description,
    type: event.type,
    starts: toLocalInput(event.starts),
    ends: toLocalInput(event.ends),
    application_starts: toLocalInput(event.application_starts),
    application_ends: toLocalInput(event.application_ends),
    fee: event.fee ?? 0,
    max_participants: orEmpty(event.max_participants),
    meals_per_day: orEmpty(event.meals_per_day),
    vegetarian: event.vegetarian ?? false,
    accommodation_type: orEmpty(event.accommodation_type),
    optional_fee: orEmpty(event.optional_fee),
    optional_programme: orEmpty(event.optional_programme),
    budget: orEmpty(event.budget),
    programme: orEmpty(event.programme),
    body_id: event.organizing_bodies[0]?.body_id ?? "",
    questions: event.questions.map((question) => ({ ...question })),
  };
}

/** What the API wants of a form, but for who organises it. */
export function toDetails(form: EventForm): Omit<EventDraft, "organizers" | "organizing_bodies"> {
  return {
    name: form.name.trim(),
    url: orNull(form.url.trim()),
    description: form.description.trim(),
    type: form.type,
    starts: fromLocalInput(form.starts),
    ends: fromLocalInput(form.ends),
    application_starts: fromLocalInput(form.application_starts),
    application_ends: fromLocalInput(form.application_ends),
    fee: Number(form.fee),
    max_participants: numberOrNull(form.max_participants),
    meals_per_day: numberOrNull(form.meals_per_day),
    vegetarian: form.vegetarian,
    accommodation_type: orNull(form.accommodation_type),
    optional_fee: numberOrNull(form.optional_fee),
    optional_programme: orNull(form.optional_programme),
    budget: orNull(form.budget),
    programme: orNull(form.programme),
    questions: form.questions.filter(({ description }) => description.trim() !== ""),
  };
}

/** "A Café in Köln!" → "a-cafe-in-koln". */
export function suggestUrl(name: string): string {
  return name
    .normalize("NFD")
    .replaceAll(/\p{Mark}/gu, "")
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "-")
    .replaceAll(/^-|-$/g, "");
}

function orEmpty<T>(value: T | null | undefined): T | "" {
  return value ?? "";
}

function orNull(text: string): string | null {
  return text === "" ? null : text;
}

function numberOrNull(value: string | number): number | null {
  return value === "" ? null : Number(value);
}
