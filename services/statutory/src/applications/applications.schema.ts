import Type, { type Static } from "typebox";

import { participantTypes } from "../limits/pax-limits.ts";
import { DateTime, Id, Nullable, OptionalText, Text } from "../text.ts";

export const ParticipantType = Type.Enum(participantTypes);
export const ApplicationStatus = Type.Enum(["pending", "waiting_list", "accepted", "rejected"]);
const Meals = Type.Enum(["Meat-eater", "Vegetarian", "Vegan"]);

const visa = {
  visa_place_of_birth: OptionalText(500),
  visa_passport_number: OptionalText(100),
  visa_passport_issue_date: OptionalText(100),
  visa_passport_expiration_date: OptionalText(100),
  visa_passport_issue_authority: OptionalText(500),
  visa_embassy: OptionalText(500),
  visa_street_and_house: OptionalText(500),
  visa_postal_code: OptionalText(100),
  visa_city: OptionalText(200),
  visa_country: OptionalText(200),
};

/** What an applicant fills in; name, gender, date of birth and body name come from core. */
export const NewApplication = Type.Object({
  body_id: Id(),
  nationality: Text(100),
  meals: Meals,
  allergies: OptionalText(5000),
  number_of_events_visited: Type.Integer({ minimum: 0, maximum: 1000 }),
  visa_required: Type.Optional(Type.Boolean()),
  ...visa,
  answers: Type.Array(Type.Unknown(), { maxItems: 100 }),
});

export const ApplicationChange = Type.Partial(NewApplication);

const NullableText = Nullable(Type.String());

export const Application = Type.Object({
  id: Type.Integer(),
  statutory_id: Type.String(),
  event_id: Type.Integer(),
  user_id: Type.Integer(),
  body_id: Type.Integer(),
  body_name: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  gender: NullableText,
  date_of_birth: NullableText,
  nationality: Type.String(),
  meals: Meals,
  allergies: NullableText,
  number_of_events_visited: Type.Integer(),
  visa_required: Type.Boolean(),
  visa_place_of_birth: NullableText,
  visa_passport_number: NullableText,
  visa_passport_issue_date: NullableText,
  visa_passport_expiration_date: NullableText,
  visa_passport_issue_authority: NullableText,
  visa_embassy: NullableText,
  visa_street_and_house: NullableText,
  visa_postal_code: NullableText,
  visa_city: NullableText,
  visa_country: NullableText,
  answers: Type.Array(Type.Union([Type.String(), Type.Number(), Type.Boolean()])),
  participant_type: Nullable(ParticipantType),
  participant_order: Nullable(Type.Integer()),
  board_comment: NullableText,
  status: ApplicationStatus,
  cancelled: Type.Boolean(),
  confirmed: Type.Boolean(),
  incoming: Type.Boolean(),
  attended: Type.Boolean(),
  registered: Type.Boolean(),
  departed: Type.Boolean(),
  is_on_memberslist: Type.Boolean(),
  created_at: DateTime(),
  updated_at: DateTime(),
});

/** What the caller may do with one application, beside the permissions on its event. */
export const ApplicationPermissions = Type.Object({
  see_application: Type.Boolean(),
  edit_application: Type.Boolean(),
  set_application_cancelled: Type.Boolean(),
  set_application_confirmed: Type.Boolean(),
  set_application_incoming: Type.Boolean(),
  set_application_attended: Type.Boolean(),
  set_application_registered: Type.Boolean(),
  set_application_departed: Type.Boolean(),
  set_application_is_on_memberslist: Type.Boolean(),
  change_status: Type.Boolean(),
});

/** The board's part: type and order belong together, so both are set or both are null. */
export const BoardChange = Type.Object({
  participant_type: Type.Optional(Nullable(ParticipantType)),
  participant_order: Type.Optional(Nullable(Type.Integer({ minimum: 1, maximum: 100_000 }))),
  board_comment: OptionalText(5000),
});

export const BoardviewEntry = Type.Object({
  user_id: Id(),
  participant_type: ParticipantType,
  participant_order: Type.Integer({ minimum: 1, maximum: 100_000 }),
  board_comment: OptionalText(5000),
});

export type NewApplication = Static<typeof NewApplication>;
export type ApplicationChange = Static<typeof ApplicationChange>;
export type Application = Static<typeof Application>;
export type ApplicationPermissions = Static<typeof ApplicationPermissions>;
export type BoardChange = Static<typeof BoardChange>;
export type BoardviewEntry = Static<typeof BoardviewEntry>;
