import type { StatutoryEvent } from "../../api/statutory.ts";

export interface Deadline {
  label: string;
  from?: string;
  until: string;
}

/** The dates of an event in the order in which they come; what is not set is left out. */
export function listDeadlines(event: StatutoryEvent): Deadline[] {
  const opens = event.application_period_starts;
  const all: { label: string; from?: string; until: string | null }[] = [
    { label: "Applications", from: opens, until: event.application_period_ends },
    { label: "Approval by the boards", from: opens, until: event.board_approve_deadline },
    { label: "Participants are published", until: event.participants_list_publish_deadline },
    { label: "Members lists", from: opens, until: event.memberslist_submission_deadline },
    { label: "Draft proposals", until: event.draft_proposal_deadline },
    { label: "Final proposals", until: event.final_proposal_deadline },
    { label: "Candidatures", until: event.candidature_deadline },
    { label: "Booklet", until: event.booklet_publication_deadline },
    { label: "Updated booklet", until: event.updated_booklet_publication_deadline },
  ];
  return all
    .flatMap(({ until, ...rest }) => (until ? [{ ...rest, until }] : []))
    .toSorted((one, other) => one.until.localeCompare(other.until));
}
