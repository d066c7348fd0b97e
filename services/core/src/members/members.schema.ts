import Type, { type Static } from "typebox";

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const OptionalText = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })));

/** Letters of any alphabet, dots, spaces, apostrophes and dashes, and not only blanks. */
const Name = Type.String({
  minLength: 1,
  maxLength: 100,
  pattern: "^[\\p{L}\\p{M}. '\\-]*[\\p{L}\\p{M}.'\\-][\\p{L}\\p{M}. '\\-]*$",
});
/** At least one letter; blanks around are cut off. */
export const Username = Type.String({
  maxLength: 64,
  pattern: "^\\s*[a-zA-Z0-9._\\-]*[a-zA-Z][a-zA-Z0-9._\\-]*\\s*$",
});
export const Email = Type.String({
  maxLength: 254,
  pattern: "^\\s*[^\\s@<>,;]+@[^\\s@<>,;]+\\.[^\\s@<>,;]+\\s*$",
});
export const Password = Type.String({ minLength: 8, maxLength: 256 });
/** A calendar day; an empty text is none. */
const Day = Nullable(Type.String({ pattern: "^(\\d{4}-\\d{2}-\\d{2})?$" }));
/** Anything but `false` and an empty text is consent, given now. */
const Consent = Nullable(Type.Union([Type.Boolean(), Type.String({ maxLength: 40 })]));

const profile = {
  date_of_birth: Type.Optional(Day),
  gender: OptionalText(100),
  phone: OptionalText(100),
  address: OptionalText(1000),
  about_me: OptionalText(10_000),
  privacy_consent: Type.Optional(Consent),
};

/** Who signs up, or is created by a board. Other fields are ignored. */
export const NewMember = Type.Object({
  username: Username,
  email: Email,
  first_name: Name,
  last_name: Name,
  ...profile,
});

/** What may be changed of a profile. Other fields are ignored. */
export const MemberChanges = Type.Object({
  username: Type.Optional(Username),
  first_name: Type.Optional(Name),
  last_name: Type.Optional(Name),
  ...profile,
});

/** Enough to recognise somebody. */
export const MemberName = Type.Object({
  id: Type.Integer(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  notification_email: Type.String(),
});

export const MemberFound = Type.Object({
  id: Type.Integer(),
  first_name: Type.String(),
  last_name: Type.String(),
  username: Type.String(),
  email: Type.String(),
  gsuite_id: Nullable(Type.String()),
});

export const Member = Type.Object({
  ...MemberName.properties,
  username: Type.String(),
  gsuite_id: Nullable(Type.String()),
  primary_email: Type.String(),
  mail_confirmed_at: Nullable(Type.String()),
  active: Type.Boolean(),
  superadmin: Type.Boolean(),
  privacy_consent: Nullable(Type.String()),
  date_of_birth: Nullable(Type.String()),
  gender: Type.String(),
  phone: Type.String(),
  address: Type.String(),
  about_me: Type.String(),
  primary_body_id: Nullable(Type.Integer()),
  campaign_id: Nullable(Type.Integer()),
  last_logged_in: Nullable(Type.String()),
  last_active: Nullable(Type.String()),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export const BodyName = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  code: Type.String(),
  type: Type.String(),
});

export const MemberDetails = Type.Object({
  ...Member.properties,
  bodies: Type.Array(BodyName),
  primary_body: Nullable(BodyName),
  circles: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      body_id: Nullable(Type.Integer()),
      parent_circle_id: Nullable(Type.Integer()),
    }),
  ),
  join_requests: Type.Array(
    Type.Object({ id: Type.Integer(), body_id: Type.Integer(), status: Type.String() }),
  ),
});

export type NewMember = Static<typeof NewMember>;
export type MemberChanges = Static<typeof MemberChanges>;

export const MemberParams = Type.Object({
  id: Type.Union([Type.Literal("me"), Type.Integer({ minimum: 1, maximum: 2_147_483_647 })]),
});
