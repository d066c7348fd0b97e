import { addFieldError, type FieldErrors } from "@myaegee/service-kit";

import type { EventType } from "./event-types.ts";

/** The dates of an event. Those from `memberslist_submission_deadline` on are asked of an Agora only. */
export interface EventDates {
  application_period_starts: Date;
  application_period_ends: Date;
  board_approve_deadline: Date;
  participants_list_publish_deadline: Date;
  starts: Date;
  ends: Date;
  memberslist_submission_deadline: Date | null;
  draft_proposal_deadline: Date | null;
  final_proposal_deadline: Date | null;
  candidature_deadline: Date | null;
  booklet_publication_deadline: Date | null;
  updated_booklet_publication_deadline: Date | null;
}

type DateField = keyof EventDates;

interface OrderRule {
  earlier: DateField;
  later: DateField;
  mayBeEqual?: boolean;
  /** The field that the message belongs to. */
  blame: DateField;
}

/** Each pair in order; a field is blamed where the person who fills in the form would look. */
const orderRules: readonly OrderRule[] = [
  before("application_period_starts", "application_period_ends", "application_period_ends"),
  before("application_period_ends", "board_approve_deadline", "board_approve_deadline"),
  before(
    "board_approve_deadline",
    "participants_list_publish_deadline",
    "participants_list_publish_deadline",
  ),
  before("participants_list_publish_deadline", "starts", "participants_list_publish_deadline"),
  before("application_period_ends", "starts", "application_period_ends"),
  before("board_approve_deadline", "starts", "board_approve_deadline"),
  before("starts", "ends", "ends"),
  before(
    "application_period_starts",
    "memberslist_submission_deadline",
    "memberslist_submission_deadline",
  ),
  before("memberslist_submission_deadline", "starts", "memberslist_submission_deadline"),
  notAfter("draft_proposal_deadline", "final_proposal_deadline", "final_proposal_deadline"),
  before("draft_proposal_deadline", "starts", "draft_proposal_deadline"),
  before("final_proposal_deadline", "starts", "final_proposal_deadline"),
  before("candidature_deadline", "starts", "candidature_deadline"),
  notAfter(
    "booklet_publication_deadline",
    "updated_booklet_publication_deadline",
    "updated_booklet_publication_deadline",
  ),
  before("booklet_publication_deadline", "starts", "booklet_publication_deadline"),
  before("updated_booklet_publication_deadline", "starts", "updated_booklet_publication_deadline"),
];

export const agoraDeadlines = [
  "memberslist_submission_deadline",
  "draft_proposal_deadline",
  "final_proposal_deadline",
  "candidature_deadline",
  "booklet_publication_deadline",
  "updated_booklet_publication_deadline",
] as const;

/** All faults at once, by field; empty when the dates are in order. */
export function checkDeadlines(type: EventType, dates: EventDates): FieldErrors {
  const errors: Record<string, string[]> = {};
  for (const field of type === "agora" ? agoraDeadlines : []) {
    if (dates[field] === null) {
      addFieldError(errors, field, `An Agora needs the ${describe(field)}.`);
    }
  }
  for (const rule of orderRules) {
    if (!isInOrder(rule, dates)) {
      addFieldError(errors, rule.blame, formatFault(rule));
    }
  }
  return errors;
}

function isInOrder({ earlier, later, mayBeEqual }: OrderRule, dates: EventDates): boolean {
  const first = dates[earlier]?.getTime();
  const second = dates[later]?.getTime();
  if (first === undefined || second === undefined) {
    return true;
  }
  return first < second || (mayBeEqual === true && first === second);
}

function formatFault({ earlier, later, mayBeEqual }: OrderRule): string {
  const order = mayBeEqual === true ? "must not be after" : "must be before";
  return `The ${describe(earlier)} ${order} the ${describe(later)}.`;
}

function describe(field: DateField): string {
  const names: Partial<Record<DateField, string>> = {
    starts: "start of the event",
    ends: "end of the event",
    application_period_starts: "start of the application period",
    application_period_ends: "end of the application period",
    memberslist_submission_deadline: "members list submission deadline",
  };
  return names[field] ?? field.replaceAll("_", " ");
}

function before(earlier: DateField, later: DateField, blame: DateField): OrderRule {
  return { earlier, later, blame };
}

function notAfter(earlier: DateField, later: DateField, blame: DateField): OrderRule {
  return { earlier, later, blame, mayBeEqual: true };
}
