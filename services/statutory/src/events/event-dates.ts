import { expectNoFaults } from "@myaegee/service-kit";

import type { EventDates } from "./deadlines.ts";

type DateTexts = { [field in keyof EventDates]?: string | null | undefined };

const EARLIEST_YEAR = 1950;
const LATEST_YEAR = 2200;

/** The dates of an event from their texts; 422 for one that no calendar has. */
export function parseEventDates(event: DateTexts): EventDates {
  const texts = pickDates(event);
  expectNoFaults(findDateErrors(texts));
  return {
    starts: parseRequired(texts.starts),
    ends: parseRequired(texts.ends),
    application_period_starts: parseRequired(texts.application_period_starts),
    application_period_ends: parseRequired(texts.application_period_ends),
    board_approve_deadline: parseRequired(texts.board_approve_deadline),
    participants_list_publish_deadline: parseRequired(texts.participants_list_publish_deadline),
    memberslist_submission_deadline: parseOptional(texts.memberslist_submission_deadline),
    draft_proposal_deadline: parseOptional(texts.draft_proposal_deadline),
    final_proposal_deadline: parseOptional(texts.final_proposal_deadline),
    candidature_deadline: parseOptional(texts.candidature_deadline),
    booklet_publication_deadline: parseOptional(texts.booklet_publication_deadline),
    updated_booklet_publication_deadline: parseOptional(texts.updated_booklet_publication_deadline),
  };
}

/** The same dates as the database takes them. */
export function formatEventDates(dates: EventDates) {
  return {
    starts: dates.starts.toISOString(),
    ends: dates.ends.toISOString(),
    application_period_starts: dates.application_period_starts.toISOString(),
    application_period_ends: dates.application_period_ends.toISOString(),
    board_approve_deadline: dates.board_approve_deadline.toISOString(),
    participants_list_publish_deadline: dates.participants_list_publish_deadline.toISOString(),
    memberslist_submission_deadline: formatOptional(dates.memberslist_submission_deadline),
    draft_proposal_deadline: formatOptional(dates.draft_proposal_deadline),
    final_proposal_deadline: formatOptional(dates.final_proposal_deadline),
    candidature_deadline: formatOptional(dates.candidature_deadline),
    booklet_publication_deadline: formatOptional(dates.booklet_publication_deadline),
    updated_booklet_publication_deadline: formatOptional(
      dates.updated_booklet_publication_deadline,
    ),
  };
}

/** What is given may be a whole event. */
function pickDates(event: DateTexts) {
  return {
    starts: event.starts,
    ends: event.ends,
    application_period_starts: event.application_period_starts,
    application_period_ends: event.application_period_ends,
    board_approve_deadline: event.board_approve_deadline,
    participants_list_publish_deadline: event.participants_list_publish_deadline,
    memberslist_submission_deadline: event.memberslist_submission_deadline,
    draft_proposal_deadline: event.draft_proposal_deadline,
    final_proposal_deadline: event.final_proposal_deadline,
    candidature_deadline: event.candidature_deadline,
    booklet_publication_deadline: event.booklet_publication_deadline,
    updated_booklet_publication_deadline: event.updated_booklet_publication_deadline,
  };
}

function parseRequired(text: string | null | undefined): Date {
  return new Date(text ?? Number.NaN);
}

function parseOptional(text: string | null | undefined): Date | null {
  return text === null || text === undefined ? null : new Date(text);
}

function formatOptional(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

/** Messages for the texts that name no moment between the years 1950 and 2200. */
export function findDateErrors(texts: Readonly<Record<string, string | null | undefined>>) {
  const errors: Record<string, string[]> = {};
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
