import Type, { type Static } from "typebox";

import { PublicEvent } from "../events/event.schema.ts";

export const applicationStatuses = ["pending", "accepted", "rejected"] as const;
export const ApplicationStatus = Type.Enum(applicationStatuses);

const Timestamp = Type.String({ format: "date-time" });
const BodyId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });

export const Answer = Type.Union([
  Type.String({ maxLength: 20_000 }),
  Type.Number(),
  Type.Boolean(),
  Type.Null(),
]);

/** Whatever else a body holds is dropped before anybody reads it. */
const known = { additionalProperties: false };

/** What an applicant may write. Who they are comes from core, never from the body. */
export const NewApplication = Type.Object(
  {
    body_id: BodyId,
    answers: Type.Array(Answer, {
      maxItems: 50,
      description: "One an event's question, in their order.",
    }),
    agreed_to_privacy_policy: Type.Boolean(),
  },
  known,
);

export const ApplicationChanges = Type.Partial(NewApplication, known);

export const StatusChange = Type.Object({ status: ApplicationStatus }, known);
export const ConfirmedChange = Type.Object({ confirmed: Type.Boolean() }, known);
export const AttendedChange = Type.Object({ attended: Type.Boolean() }, known);
export const CommentChange = Type.Object(
  { board_comment: Type.Union([Type.String({ maxLength: 20_000 }), Type.Null()]) },
  known,
);

export const Application = Type.Object({
  id: Type.Integer(),
  event_id: Type.Integer(),
  user_id: Type.Integer(),
  body_id: Type.Integer(),
  body_name: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  status: ApplicationStatus,
  confirmed: Type.Boolean(),
  attended: Type.Boolean(),
  board_comment: Type.Union([Type.String(), Type.Null()]),
  answers: Type.Array(Answer),
  agreed_to_privacy_policy: Type.Boolean(),
  created_at: Timestamp,
  updated_at: Timestamp,
});

export const ApplicationWithEvent = Type.Object({ ...Application.properties, event: PublicEvent });

/** An event in the list of those that the caller applied to. */
export const ParticipatingEvent = Type.Object({
  ...PublicEvent.properties,
  applications: Type.Array(
    Type.Object({ id: Type.Integer(), user_id: Type.Integer(), status: ApplicationStatus }),
  ),
});

export type ApplicationStatus = Static<typeof ApplicationStatus>;
export type Answer = Static<typeof Answer>;
export type NewApplication = Static<typeof NewApplication>;
export type ApplicationChanges = Static<typeof ApplicationChanges>;
export type Application = Static<typeof Application>;
export type ApplicationWithEvent = Static<typeof ApplicationWithEvent>;
export type ParticipatingEvent = Static<typeof ParticipatingEvent>;
