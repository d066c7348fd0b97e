import Type, { type Static } from "typebox";

import { DateTime, Id, Nullable, OptionalText, Text } from "../text.ts";
import { eventTypes } from "./event-types.ts";
import { Location, Question } from "./questions.ts";

const deadlines = {
  starts: DateTime(),
  ends: DateTime(),
  application_period_starts: DateTime(),
  application_period_ends: DateTime(),
  board_approve_deadline: DateTime(),
  participants_list_publish_deadline: DateTime(),
};

const agoraDeadlines = {
  memberslist_submission_deadline: Nullable(DateTime()),
  draft_proposal_deadline: Nullable(DateTime()),
  final_proposal_deadline: Nullable(DateTime()),
  candidature_deadline: Nullable(DateTime()),
  booklet_publication_deadline: Nullable(DateTime()),
  updated_booklet_publication_deadline: Nullable(DateTime()),
};

const required = {
  name: Text(200),
  url: Type.String({
    minLength: 1,
    maxLength: 100,
    description: "Letters, digits and dashes, not digits only.",
  }),
  description: Text(50_000),
  fee: Type.Number({ minimum: 0, maximum: 1_000_000 }),
  body_id: Id(),
  questions: Type.Array(Question, { minItems: 1, maxItems: 100 }),
  ...deadlines,
};

const optional = Type.Partial(
  Type.Object({
    locations: Type.Array(Location, { maxItems: 100 }),
    vegetarian: Type.Boolean(),
    booklet_folder: OptionalText(2000),
    ...agoraDeadlines,
  }),
);

export const EventType = Type.Enum(eventTypes);
export const EventStatus = Type.Enum(["draft", "published"]);

export const NewEvent = Type.Object({
  type: EventType,
  ...required,
  ...optional.properties,
});

export const EventChange = Type.Partial(Type.Object({ ...required, ...optional.properties }));

export const EventStatusChange = Type.Object({ status: EventStatus });

/** An event as everybody sees it, with what the calendar allows at the moment. */
export const Event = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  url: Type.String(),
  type: EventType,
  status: EventStatus,
  publication_date: Nullable(DateTime()),
  description: Type.String(),
  fee: Type.Number(),
  body_id: Type.Integer(),
  questions: Type.Array(Question),
  locations: Type.Array(Location),
  vegetarian: Type.Boolean(),
  booklet_folder: Nullable(Type.String()),
  ...deadlines,
  ...agoraDeadlines,
  memberslist_edit_deadline: DateTime(),
  can_apply: Type.Boolean(),
  can_approve_members: Type.Boolean(),
  can_see_participants_list: Type.Boolean(),
  can_upload_memberslist: Type.Boolean(),
  can_edit_memberslist: Type.Boolean(),
  created_at: DateTime(),
  updated_at: DateTime(),
});

const ByType = Type.Object({ agora: Type.Boolean(), epm: Type.Boolean(), spm: Type.Boolean() });
const ByBody = Type.Record(Type.String(), Type.Boolean(), {
  description: "`global`, and an entry for each body of the caller by its id.",
});

/** What the caller may do with an event, as the frontend reads it. */
export const EventPermissions = Type.Object({
  create_event: ByType,
  edit_pax_limits: ByType,
  edit_event: Type.Boolean(),
  change_event_status: Type.Boolean(),
  delete_event: Type.Boolean(),
  apply: Type.Boolean(),
  use_massmailer: Type.Boolean(),
  manage_applications: Type.Boolean(),
  manage_incoming: Type.Boolean(),
  manage_juridical: Type.Boolean(),
  see_applications: Type.Boolean(),
  see_applications_juridical: Type.Boolean(),
  see_applications_incoming: Type.Boolean(),
  see_applications_network: Type.Boolean(),
  see_participants_list: Type.Boolean(),
  export: Type.Object({
    openslides: Type.Boolean(),
    all: Type.Boolean(),
    incoming: Type.Boolean(),
  }),
  set_board_comment_and_participant_type: ByBody,
  see_boardview: ByBody,
  upload_memberslist: ByBody,
  edit_memberslist: ByBody,
  see_memberslist: ByBody,
  see_missing_memberslist: ByBody,
  see_memberslist_without_fee: ByBody,
  set_memberslists_fee_paid: Type.Boolean(),
  manage_candidates: Type.Boolean(),
  manage_plenaries: Type.Boolean(),
  see_plenaries: Type.Boolean(),
  mark_attendance: Type.Boolean(),
  apply_from_body: ByBody,
  manage_question_lines: Type.Boolean(),
  see_questions: Type.Boolean(),
  submit_questions: Type.Boolean(),
});

export const EventWithPermissions = Type.Object({
  ...Event.properties,
  permissions: EventPermissions,
});

export const AppliedEvent = Type.Object({
  ...Event.properties,
  applications: Type.Array(
    Type.Object({ user_id: Type.Integer(), cancelled: Type.Boolean(), status: Type.String() }),
  ),
});

export type NewEvent = Static<typeof NewEvent>;
export type EventChange = Static<typeof EventChange>;
export type Event = Static<typeof Event>;
export type EventPermissions = Static<typeof EventPermissions>;
