import type { StatutoryApplication, StatutoryEvent } from "../api/statutory.ts";

export function buildAgora(changes: Partial<StatutoryEvent> = {}): StatutoryEvent {
  return {
    id: 1,
    name: "Spring Agora",
    url: "spring",
    type: "agora",
    status: "published",
    description: "The assembly.",
    starts: "2027-05-01T10:00:00Z",
    ends: "2027-05-05T10:00:00Z",
    fee: 60,
    body_id: 1,
    questions: [],
    can_apply: true,
    application_period_starts: "2027-01-01T10:00:00Z",
    application_period_ends: "2027-02-01T10:00:00Z",
    board_approve_deadline: "2027-02-10T10:00:00Z",
    participants_list_publish_deadline: "2027-02-20T10:00:00Z",
    memberslist_submission_deadline: "2027-02-15T10:00:00Z",
    draft_proposal_deadline: null,
    final_proposal_deadline: null,
    candidature_deadline: null,
    booklet_publication_deadline: null,
    updated_booklet_publication_deadline: null,
    ...changes,
  };
}

export function buildStatutoryApplication(
  changes: Partial<StatutoryApplication> = {},
): StatutoryApplication {
  return {
    id: 5,
    statutory_id: "001-0005",
    user_id: 3,
    body_id: 1,
    body_name: "AEGEE-Testburg",
    first_name: "Mia",
    last_name: "Member",
    nationality: "Dutch",
    meals: "Vegan",
    allergies: null,
    number_of_events_visited: 0,
    visa_required: false,
    answers: [],
    participant_type: null,
    participant_order: null,
    board_comment: null,
    status: "pending",
    cancelled: false,
    confirmed: true,
    incoming: false,
    attended: false,
    registered: false,
    departed: false,
    is_on_memberslist: true,
    ...changes,
  };
}
