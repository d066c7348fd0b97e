import Type, { type Static } from "typebox";

export const bodyTypes = [
  "antenna",
  "contact antenna",
  "contact",
  "interest group",
  "working group",
  "commission",
  "committee",
  "project",
  "partner",
  "other",
  "external",
] as const;

/** Bodies of these types are locals: the ones a stranger sees, and the ones that have votes. */
export const localBodyTypes: readonly string[] = ["antenna", "contact antenna", "contact"];

/** What other services read of a body from `GET /bodies/:id` of core; the answer holds more. */
export const Body = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  code: Type.String(),
  type: Type.String(),
  status: Type.String(),
  email: Type.Union([Type.String(), Type.Null()]),
  pays_fees: Type.Boolean(),
  fee_currency: Type.Union([Type.String(), Type.Null()]),
});

/** One of `GET /bodies/:id/members` of core, read by a service. */
export const BodyMember = Type.Object({
  id: Type.Integer({ description: "Of the membership, not of the user." }),
  user_id: Type.Integer(),
  body_id: Type.Integer(),
  comment: Type.Union([Type.String(), Type.Null()]),
  user: Type.Object({
    id: Type.Integer(),
    first_name: Type.String(),
    last_name: Type.String(),
    email: Type.String(),
    notification_email: Type.String(),
  }),
});

/** One of `GET /members_email?query=1,2` of core. */
export const MemberMail = Type.Object({
  id: Type.Integer(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  notification_email: Type.String(),
});

/** What services read of `GET /members/:id` of core; the answer holds more. */
export const Member = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  notification_email: Type.String(),
});

export type Body = Static<typeof Body>;
export type BodyMember = Static<typeof BodyMember>;
export type MemberMail = Static<typeof MemberMail>;
export type Member = Static<typeof Member>;
