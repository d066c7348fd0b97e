import { expectNoErrors, type FieldErrors } from "../field-errors.ts";
import type { EventDates } from "./deadlines.ts";

type DateTexts = { [field in keyof EventDates]?: string | null | undefined };

const EARLIEST_YEAR = 1950;
const LATEST_YEAR = 2200;

/** The dates of an event from their texts; 422 for one that no calendar has. */
export function parseEventDates(texts: DateTexts): EventDates {
  expectNoErrors(findDateErrors(texts));
  const required = (text: string | null | undefined) => new Date(text ?? Number.NaN);
  const optional = (text: string | null | undefined) =>
    text === null || text === undefined ? null : new Date(text);
  return {
    starts: required(texts.starts),
    ends: required(texts.ends),
    application_period_starts: required(texts.application_period_starts),
    application_period_ends: required(texts.application_period_ends),
    board_approve_deadline: required(texts.board_approve_deadline),
    participants_list_publish_deadline: required(texts.participants_list_publish_deadline),
    memberslist_submission_deadline: optional(texts.memberslist_submission_deadline),
    draft_proposal_deadline: optional(texts.draft_proposal_deadline),
    final_proposal_deadline: optional(texts.final_proposal_deadline),
    candidature_deadline: optional(texts.candidature_deadline),
    booklet_publication_deadline: optional(texts.booklet_publication_deadline),
    updated_booklet_publication_deadline: optional(texts.updated_booklet_publication_deadline),
  };
}

/** The same dates as the database takes them. */
export function formatEventDates(dates: EventDates) {
  const optional = (date: Date | null) => date?.toISOString() ?? null;
  return {
    starts: dates.starts.toISOString(),
    ends: dates.ends.toISOString(),
    application_period_starts: dates.application_period_starts.toISOString(),
    application_period_ends: dates.application_period_ends.toISOString(),
    board_approve_deadline: dates.board_approve_deadline.toISOString(),
    participants_list_publish_deadline: dates.participants_list_publish_deadline.toISOString(),
    memberslist_submission_deadline: optional(dates.memberslist_submission_deadline),
    draft_proposal_deadline: optional(dates.draft_proposal_deadline),
    final_proposal_deadline: optional(dates.final_proposal_deadline),
    candidature_deadline: optional(dates.candidature_deadline),
    booklet_publication_deadline: optional(dates.booklet_publication_deadline),
    updated_booklet_publication_deadline: optional(dates.updated_booklet_publication_deadline),
  };
}

/** Messages for the texts that name no moment between the years 1950 and 2200. */
export function findDateErrors(texts: Readonly<Record<string, string | null | undefined>>) {
  const errors: FieldErrors = {};
  for (const [field, text] of Object.entries(texts)) {
    if (typeof text === "string" && !isMoment(text)) {
      errors[field] = ["This is no date of a calendar between 1950 and 2200."];
    }
  }
  return errors;
}

function isMoment(text: string): boolean {
  const year = new Date(text).getUTCFullYear();
  return year >= EARLIEST_YEAR && year <= LATEST_YEAR;
}
