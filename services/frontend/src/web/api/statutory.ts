import { callApi, fetchAll, fetchData } from "./client.ts";
import type { Answer, Question } from "./questions.ts";

export const STATUTORY_TYPE_NAMES = {
  agora: "Agora",
  epm: "European Planning Meeting",
  spm: "Statutory Planning Meeting",
} as const;

/** A permission that may hold everywhere (`global`) or for single bodies, by their id. */
export type PerBody = Record<string, boolean>;

export interface StatutoryPermissions {
  edit_event: boolean;
  apply: boolean;
  manage_applications: boolean;
  see_applications: boolean;
  see_applications_juridical: boolean;
  see_participants_list: boolean;
  see_boardview: PerBody;
  set_board_comment_and_participant_type: PerBody;
  upload_memberslist: PerBody;
  edit_memberslist: PerBody;
  see_memberslist: PerBody;
  set_memberslists_fee_paid: boolean;
  manage_candidates: boolean;
  see_plenaries: boolean;
  manage_plenaries: boolean;
  mark_attendance: boolean;
}

export interface StatutoryEvent {
  id: number;
  name: string;
  url: string | null;
  type: string;
  status: "draft" | "published";
  description: string;
  starts: string;
  ends: string;
  fee: number;
  body_id: number;
  questions: Question[];
  vegetarian?: boolean;
  can_apply?: boolean;
  application_period_starts: string;
  application_period_ends: string;
  board_approve_deadline: string;
  participants_list_publish_deadline: string;
  memberslist_submission_deadline: string | null;
  draft_proposal_deadline: string | null;
  final_proposal_deadline: string | null;
  candidature_deadline: string | null;
  booklet_publication_deadline: string | null;
  updated_booklet_publication_deadline: string | null;
  permissions?: Partial<StatutoryPermissions>;
}

export const PARTICIPANT_TYPES = ["delegate", "envoy", "observer", "visitor"] as const;
export type ParticipantType = (typeof PARTICIPANT_TYPES)[number];

export interface StatutoryApplication extends StatutoryApplicationDraft {
  id: number;
  statutory_id: string | null;
  user_id: number;
  body_name: string;
  first_name: string;
  last_name: string;
  participant_type: ParticipantType | null;
  participant_order: number | null;
  board_comment: string | null;
  status: "pending" | "waiting_list" | "accepted" | "rejected";
  cancelled: boolean;
  confirmed: boolean;
  incoming: boolean;
  attended: boolean;
  registered: boolean;
  departed: boolean;
  is_on_memberslist: boolean;
}

export const VISA_FIELDS = {
  visa_passport_number: "Passport number",
  visa_passport_issue_date: "Passport issued on",
  visa_passport_expiration_date: "Passport valid until",
  visa_passport_issue_authority: "Issuing authority",
  visa_place_of_birth: "Place of birth",
  visa_embassy: "Embassy you will apply at",
  visa_street_and_house: "Street and house number",
  visa_postal_code: "Postal code",
  visa_city: "City",
  visa_country: "Country",
} as const;

export type VisaField = keyof typeof VISA_FIELDS;

export interface StatutoryApplicationDraft extends Partial<Record<VisaField, string | null>> {
  body_id: number | null;
  nationality: string;
  meals: string;
  allergies: string | null;
  number_of_events_visited: number | null;
  visa_required: boolean;
  answers: Answer[];
}

export interface BoardDecision {
  user_id: number;
  participant_type: ParticipantType | null;
  participant_order: number | null;
  board_comment: string | null;
}

export type PaxLimits = Record<ParticipantType, number | null>;

export interface MembersListEntry {
  user_id?: number | null;
  first_name: string;
  last_name: string;
  fee: number;
  fee_to_aegee?: number;
}

export interface MembersList {
  body_id: number;
  currency: string;
  members: MembersListEntry[];
  fee_to_aegee: number | null;
  fee_paid: number | null;
  fee_not_paid?: number | null;
}

export interface AntennaVotes {
  id?: number;
  body_id: number;
  votes: number;
}

export interface DelegateVotes {
  id?: number;
  body_id: number;
  type: string;
  votes: number;
  application?: { statutory_id: string | null; first_name?: string; last_name?: string };
}

export type ApplicationFlag =
  | "cancelled"
  | "confirmed"
  | "incoming"
  | "attended"
  | "registered"
  | "departed";

export interface FlagChange {
  flag: ApplicationFlag;
  value: boolean;
}

const at = (event: string | number): string => `statutory/events/${encodeURIComponent(event)}`;

export const statutory = {
  list: (filter: { search?: string; type?: string } = {}): Promise<StatutoryEvent[]> =>
    fetchAll("statutory/", { ...filter }),
  fetchOne: async (event: string | number): Promise<StatutoryEvent> => {
    const { data, permissions } = await callApi<StatutoryEvent>(at(event));
    if (data.permissions !== undefined || !isPermissions(permissions)) return data;
    return { ...data, permissions };
  },
  setEventStatus: (event: number, status: string): Promise<unknown> =>
    fetchData(`${at(event)}/status`, { method: "PUT", body: { status } }),

  apply: (event: string, draft: StatutoryApplicationDraft): Promise<StatutoryApplication> =>
    fetchData(`${at(event)}/applications`, { method: "POST", body: draft }),
  fetchApplication: (event: string, id: string): Promise<StatutoryApplication> =>
    fetchData(`${at(event)}/applications/${encodeURIComponent(id)}`),
  updateApplication: (
    event: string,
    id: string,
    draft: StatutoryApplicationDraft,
  ): Promise<StatutoryApplication> =>
    fetchData(`${at(event)}/applications/${encodeURIComponent(id)}`, {
      method: "PUT",
      body: draft,
    }),
  setFlag: (event: string, id: string | number, change: FlagChange): Promise<unknown> =>
    fetchData(`${at(event)}/applications/${encodeURIComponent(id)}/${flagPath(change.flag)}`, {
      method: "PUT",
      body: { [change.flag]: change.value },
    }),
  setApplicationStatus: (event: string, id: number, status: string): Promise<unknown> =>
    fetchData(`${at(event)}/applications/${id}/status`, { method: "PUT", body: { status } }),
  listApplications: (
    event: string,
    view: "all" | "accepted" | "incoming" | "juridical",
  ): Promise<StatutoryApplication[]> => fetchAll(`${at(event)}/applications/${view}`),

  listBoardView: (event: string, bodyId: number): Promise<StatutoryApplication[]> =>
    fetchAll(`${at(event)}/applications/boardview/${bodyId}`),
  saveBoardDecision: (event: string, id: number, decision: BoardDecision): Promise<unknown> =>
    fetchData(`${at(event)}/applications/${id}/board`, { method: "PUT", body: decision }),
  fetchLimits: (type: string, bodyId: number): Promise<PaxLimits> =>
    fetchData(`statutory/limits/${type}/${bodyId}`),

  fetchMembersList: (event: string, bodyId: number): Promise<MembersList> =>
    fetchData(`${at(event)}/memberslists/${bodyId}`),
  saveMembersList: (
    event: string,
    bodyId: number,
    list: { currency: string; members: MembersListEntry[] },
  ): Promise<MembersList> =>
    fetchData(`${at(event)}/memberslists/${bodyId}`, { method: "POST", body: list }),
  listMembersLists: (event: string): Promise<MembersList[]> =>
    fetchAll(`${at(event)}/memberslists`),
  listMissingMembersLists: (event: string): Promise<{ id: number; name: string }[]> =>
    fetchAll(`${at(event)}/memberslists/missing`),
  setFeePaid: (event: string, bodyId: number, feePaid: number): Promise<unknown> =>
    fetchData(`${at(event)}/memberslists/${bodyId}/fee_paid`, {
      method: "PUT",
      body: { fee_paid: feePaid },
    }),
  listAntennaVotes: (event: string): Promise<AntennaVotes[]> =>
    fetchAll(`${at(event)}/votes-amounts/antenna`),
  listDelegateVotes: (event: string): Promise<DelegateVotes[]> =>
    fetchAll(`${at(event)}/votes-amounts/delegate`),
};

function flagPath(flag: ApplicationFlag): string {
  return flag === "cancelled" ? "cancel" : flag;
}

function isPermissions(value: unknown): value is Partial<StatutoryPermissions> {
  return typeof value === "object" && value !== null;
}
