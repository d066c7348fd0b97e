import { collectFieldErrors, type FieldErrors } from "@myaegee/service-kit";

import type { DateField, EventFields } from "./event-fields.ts";
import type { EventStatus, Question } from "./event.schema.ts";

const SLUG = /^[a-z0-9-]+$/;
const DIGITS_ONLY = /^[0-9-]+$/;

/** What is wrong with an event as a whole, by field. Each field's own form is checked by the schema. */
export function findEventFaults(
  event: Pick<
    EventFields,
    DateField | "url" | "questions" | "link_info_travel_country" | "budget" | "programme"
  >,
  status: EventStatus,
): FieldErrors {
  return collectFieldErrors({
    ...findDateFaults(event),
    ...findMissingPlans(event, status),
    url: judgeSlug(event.url),
    questions: judgeQuestions(event.questions),
    link_info_travel_country: judgeLink(event.link_info_travel_country),
  });
}

/** Nobody can approve an event without its budget and programme. */
export function findMissingPlans(
  { budget, programme }: Pick<EventFields, "budget" | "programme">,
  status: EventStatus,
) {
  const isNeeded = status !== "draft";
  return {
    budget: isNeeded && isBlank(budget) ? "Budget should be set when the event is no draft." : null,
    programme:
      isNeeded && isBlank(programme) ? "Programme should be set when the event is no draft." : null,
  };
}

function findDateFaults(event: Record<DateField, string>) {
  return {
    application_ends: judgeApplicationEnd(event),
    ends:
      event.starts < event.ends ? null : "Event cannot start after or at the same time it ends.",
  };
}

function judgeApplicationEnd(event: Record<DateField, string>): string | null {
  if (event.application_starts >= event.application_ends) {
    return "Application period cannot start after or at the same time it ends.";
  }
  return event.application_ends < event.starts
    ? null
    : "Application period cannot end after or at the same time the event starts.";
}

function judgeSlug(url: string | null): string | null {
  if (url === null) {
    return null;
  }
  if (!SLUG.test(url)) {
    return "Event URL should only contain letters, numbers and dashes.";
  }
  return DIGITS_ONLY.test(url) ? "Event URL cannot contain numbers only." : null;
}

function judgeQuestions(questions: readonly Question[]): string | null {
  const index = questions.findIndex(({ type, values }) => type === "select" && !values?.length);
  return index === -1 ? null : `Question ${index + 1}: values should be set for a select.`;
}

/** The link is shown as one: nothing but the web's own schemes may stand there. */
function judgeLink(link: string | null): string | null {
  return isBlank(link) || /^https?:\/\//i.test(link ?? "")
    ? null
    : "The link should start with http:// or https://.";
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === "";
}
