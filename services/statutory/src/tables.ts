import type { ColumnType, Generated, Selectable } from "kysely";

import type { EventType } from "./events/event-types.ts";
import type { Location, Question } from "./events/questions.ts";
import type { ParticipantType } from "./limits/pax-limits.ts";
import type { ListMember } from "./members-lists/members-lists.schema.ts";
import type { PositionStatus } from "./positions/position-status.ts";
import type { VoteType } from "./votes/votes.ts";

type Timestamp = ColumnType<string, string, string>;
type NullableTimestamp = ColumnType<string | null, string | null, string | null>;
type Json<T> = ColumnType<T, string, string>;
type WithDefault<T> = ColumnType<T, T | undefined, T>;

interface Stamps {
  id: Generated<number>;
  created_at: ColumnType<string, never, never>;
  updated_at: ColumnType<string, never, string>;
}

export interface EventsTable extends Stamps {
  name: string;
  url: string;
  type: EventType;
  status: WithDefault<"draft" | "published">;
  publication_date: NullableTimestamp;
  description: string;
  starts: Timestamp;
  ends: Timestamp;
  application_period_starts: Timestamp;
  application_period_ends: Timestamp;
  board_approve_deadline: Timestamp;
  participants_list_publish_deadline: Timestamp;
  memberslist_submission_deadline: NullableTimestamp;
  draft_proposal_deadline: NullableTimestamp;
  final_proposal_deadline: NullableTimestamp;
  candidature_deadline: NullableTimestamp;
  booklet_publication_deadline: NullableTimestamp;
  updated_booklet_publication_deadline: NullableTimestamp;
  fee: number;
  body_id: number;
  questions: Json<Question[]>;
  locations: Json<Location[]>;
  vegetarian: boolean;
  booklet_folder: string | null;
}

export interface ApplicationsTable extends Stamps {
  statutory_id: string;
  event_id: number;
  user_id: number;
  body_id: number;
  body_name: string;
  first_name: string;
  last_name: string;
  gender: string | null;
  date_of_birth: string | null;
  nationality: string;
  meals: "Meat-eater" | "Vegetarian" | "Vegan";
  allergies: string | null;
  number_of_events_visited: number;
  visa_required: boolean;
  visa_place_of_birth: string | null;
  visa_passport_number: string | null;
  visa_passport_issue_date: string | null;
  visa_passport_expiration_date: string | null;
  visa_passport_issue_authority: string | null;
  visa_embassy: string | null;
  visa_street_and_house: string | null;
  visa_postal_code: string | null;
  visa_city: string | null;
  visa_country: string | null;
  answers: Json<(string | number | boolean)[]>;
  participant_type: ParticipantType | null;
  participant_order: number | null;
  board_comment: string | null;
  status: WithDefault<"pending" | "waiting_list" | "accepted" | "rejected">;
  cancelled: WithDefault<boolean>;
  confirmed: WithDefault<boolean>;
  incoming: WithDefault<boolean>;
  attended: WithDefault<boolean>;
  registered: WithDefault<boolean>;
  departed: WithDefault<boolean>;
  is_on_memberslist: WithDefault<boolean>;
}

export interface PaxLimitsTable extends Stamps {
  body_id: number;
  event_type: EventType;
  delegate: number | null;
  envoy: number | null;
  observer: number | null;
  visitor: number | null;
}

export interface MembersListsTable extends Stamps {
  event_id: number;
  body_id: number;
  user_id: number;
  currency: string;
  conversion_rate: number;
  members: Json<ListMember[]>;
  fee_paid: WithDefault<number>;
}

export interface ExchangeRatesTable {
  currency: string;
  iso_code: string;
  name: string;
  rate: number;
  refreshed_at: WithDefault<string>;
}

export interface VotesPerAntennaTable extends Stamps {
  event_id: number;
  body_id: number;
  votes: number;
}

export interface VotesPerDelegateTable extends VotesPerAntennaTable {
  application_id: number;
  user_id: number;
  type: VoteType;
}

export interface PositionsTable extends Stamps {
  event_id: number;
  name: string;
  body_id: number;
  requirements: string | null;
  starts: Timestamp;
  ends: Timestamp;
  ends_force: NullableTimestamp;
  start_term: NullableTimestamp;
  end_term: NullableTimestamp;
  places: number;
  status_override: PositionStatus | null;
  deleted: WithDefault<boolean>;
}

export interface CandidatesTable extends Stamps {
  position_id: number;
  user_id: number;
  body_id: number;
  body_name: string;
  first_name: string;
  last_name: string;
  email: string;
  date_of_birth: string | null;
  nationality: string;
  languages: Json<string[]>;
  studies: string;
  member_since: string;
  european_experience: string;
  local_experience: string;
  attended_agorae: string;
  attended_epm: string;
  attended_conferences: string;
  external_experience: string;
  related_experience: string;
  motivation: string;
  program: string;
  agreed_to_privacy_policy: boolean;
  status: WithDefault<"pending" | "approved" | "rejected">;
}

export interface PlenariesTable extends Stamps {
  event_id: number;
  name: string;
  starts: Timestamp;
  ends: Timestamp;
}

export interface AttendancesTable extends Stamps {
  plenary_id: number;
  application_id: number;
  starts: Timestamp;
  ends: NullableTimestamp;
}

export interface Tables {
  events: EventsTable;
  application_counters: { event_id: number; last_number: WithDefault<number> };
  applications: ApplicationsTable;
  pax_limits: PaxLimitsTable;
  members_lists: MembersListsTable;
  exchange_rates: ExchangeRatesTable;
  votes_per_antenna: VotesPerAntennaTable;
  votes_per_delegate: VotesPerDelegateTable;
  positions: PositionsTable;
  candidates: CandidatesTable;
  plenaries: PlenariesTable;
  attendances: AttendancesTable;
}

export type EventRow = Selectable<EventsTable>;
export type ApplicationRow = Selectable<ApplicationsTable>;
export type PaxLimitRow = Selectable<PaxLimitsTable>;
export type MembersListRow = Selectable<MembersListsTable>;
export type PositionRow = Selectable<PositionsTable>;
export type CandidateRow = Selectable<CandidatesTable>;
export type PlenaryRow = Selectable<PlenariesTable>;
export type AttendanceRow = Selectable<AttendancesTable>;
