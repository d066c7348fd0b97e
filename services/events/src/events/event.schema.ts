import Type, { type Static } from "typebox";

export const eventTypes = ["training", "nwm", "conference", "cultural"] as const;
export const eventStatuses = ["draft", "submitted", "published"] as const;
export const questionTypes = ["string", "text", "number", "checkbox", "select"] as const;

export const EventType = Type.Enum(eventTypes);
export const EventStatus = Type.Enum(eventStatuses);

const Id = Type.Integer({ minimum: 1, maximum: 2_147_483_647 });
/** Not blank, and nothing that ends a line: names stand in the subjects of mails. */
const Line = Type.String({ pattern: "^\\P{Cc}*[^\\s\\p{Cc}]\\P{Cc}*$", maxLength: 255 });
const LongText = Type.String({ maxLength: 50_000 });
const Money = Type.Number({ minimum: 0, maximum: 1_000_000 });
const Timestamp = Type.String({ format: "date-time" });
const Moment = Type.String({
  minLength: 1,
  maxLength: 40,
  description: "ISO 8601; without an offset it is read as UTC.",
  examples: ["2027-05-01T12:00:00Z", "2027-05-01 12:00"],
});

/** Whatever else a body holds is dropped before anybody reads it. */
const known = { additionalProperties: false };

const orNull = <Schema extends Type.TSchema>(schema: Schema) => Type.Union([schema, Type.Null()]);

export const Question = Type.Object(
  {
    type: Type.Enum(questionTypes),
    description: Type.String({ pattern: "\\S", maxLength: 1_000 }),
    required: Type.Boolean(),
    values: Type.Optional(
      Type.Array(Line, { maxItems: 100, description: "The choices; needed for `select`." }),
    ),
  },
  known,
);

const Position = Type.Object(
  {
    lat: Type.Number({ minimum: -90, maximum: 90 }),
    lng: Type.Number({ minimum: -180, maximum: 180 }),
  },
  known,
);

export const Location = Type.Object({ name: Line, position: Position }, known);

export const OrganizingBody = Type.Object({ body_id: Id, body_name: Type.String() });

export const Organizer = Type.Object({
  user_id: Id,
  first_name: Type.String(),
  last_name: Type.String(),
  notification_email: Type.Optional(Type.String()),
  comment: Type.Optional(Type.String()),
});

const WantedBody = Type.Object({ body_id: Id }, known);
const WantedOrganizer = Type.Object(
  { user_id: Id, comment: Type.Optional(orNull(Type.String({ maxLength: 1_000 }))) },
  known,
);

/** What a client may write. */
export const NewEvent = Type.Object(
  {
    name: Line,
    url: Type.Optional(orNull(Type.String({ maxLength: 100 }))),
    description: Type.String({ pattern: "\\S", maxLength: 50_000 }),
    application_starts: Moment,
    application_ends: Moment,
    starts: Moment,
    ends: Moment,
    type: EventType,
    organizing_bodies: Type.Array(WantedBody, { minItems: 1, maxItems: 20 }),
    organizers: Type.Array(WantedOrganizer, { minItems: 1, maxItems: 50 }),
    locations: Type.Optional(Type.Array(Location, { maxItems: 20 })),
    questions: Type.Optional(Type.Array(Question, { maxItems: 50 })),
    fee: Type.Optional(orNull(Money)),
    optional_fee: Type.Optional(orNull(Money)),
    max_participants: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: 1_000_000 }))),
    budget: Type.Optional(orNull(LongText)),
    programme: Type.Optional(orNull(LongText)),
    optional_programme: Type.Optional(orNull(LongText)),
    link_info_travel_country: Type.Optional(orNull(Type.String({ maxLength: 2_000 }))),
    meals_per_day: Type.Optional(orNull(Type.Integer({ minimum: 0, maximum: 4 }))),
    vegetarian: Type.Optional(Type.Boolean()),
    accommodation_type: Type.Optional(orNull(Type.String({ maxLength: 255 }))),
  },
  known,
);

export const EventChanges = Type.Partial(NewEvent, known);
export const StatusChange = Type.Object({ status: EventStatus }, known);

/** What everybody may see of a published event. */
export const PublicEvent = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  url: orNull(Type.String()),
  image: orNull(
    Type.String({ description: "Changes with each picture; served at /single/:id/picture." }),
  ),
  description: Type.String(),
  application_starts: Timestamp,
  application_ends: Timestamp,
  starts: Timestamp,
  ends: Timestamp,
  fee: orNull(Type.Number()),
  optional_fee: orNull(Type.Number()),
  organizing_bodies: Type.Array(OrganizingBody),
  locations: Type.Array(Location),
  type: EventType,
  questions: Type.Array(Question),
  max_participants: orNull(Type.Integer()),
  application_status: Type.Enum(["open", "closed"]),
  status: EventStatus,
  publication_date: orNull(Timestamp),
  meals_per_day: orNull(Type.Integer()),
  vegetarian: Type.Boolean(),
  accommodation_type: orNull(Type.String()),
  optional_programme: orNull(Type.String()),
  link_info_travel_country: orNull(Type.String()),
  created_at: Timestamp,
  updated_at: Timestamp,
});

/** What organisers, approvers and managers see. */
export const Event = Type.Object({
  ...PublicEvent.properties,
  organizers: Type.Array(Organizer),
  budget: orNull(Type.String()),
  programme: orNull(Type.String()),
  deleted: Type.Boolean(),
});

export type EventType = Static<typeof EventType>;
export type EventStatus = Static<typeof EventStatus>;
export type Question = Static<typeof Question>;
export type Location = Static<typeof Location>;
export type OrganizingBody = Static<typeof OrganizingBody>;
export type Organizer = Static<typeof Organizer>;
export type NewEvent = Static<typeof NewEvent>;
export type EventChanges = Static<typeof EventChanges>;
export type PublicEvent = Static<typeof PublicEvent>;
export type Event = Static<typeof Event>;
