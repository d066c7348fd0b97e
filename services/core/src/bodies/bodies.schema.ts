import { bodyTypes } from "@myaegee/contracts";
import Type, { type Static } from "typebox";

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: "\\S" });
const OptionalText = (maxLength: number) => Type.Optional(Nullable(Type.String({ maxLength })));
const Email = Type.String({
  maxLength: 254,
  pattern: "^\\s*[^\\s@<>,;]+@[^\\s@<>,;]+\\.[^\\s@<>,;]+\\s*$",
});
const Code = Type.String({ pattern: "^\\s*[a-zA-Z]{3}\\s*$", description: "Three letters." });
const BodyType = Type.Union(bodyTypes.map((type) => Type.Literal(type)));
/** A calendar day; locals need one. */
const Day = Nullable(Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" }));

const optionalFields = {
  task_description: OptionalText(10_000),
  abbreviation: OptionalText(50),
  phone: OptionalText(100),
  address: OptionalText(1000),
  postal_address: OptionalText(1000),
  fee_currency: OptionalText(10),
  pays_fees: Type.Optional(Type.Boolean()),
  founded_at: Type.Optional(Day),
  country: OptionalText(100),
  website: OptionalText(300),
  gsuite_id: Type.Optional(Nullable(Email)),
  google_group: OptionalText(254),
};

/** Other fields are ignored. */
export const NewBody = Type.Object({
  name: Text(200),
  description: Text(10_000),
  code: Code,
  email: Email,
  type: Type.Optional(BodyType),
  ...optionalFields,
});

/** Other fields are ignored, and so are those that the caller's permission does not let through. */
export const BodyChanges = Type.Object({
  name: Type.Optional(Text(200)),
  description: Type.Optional(Text(10_000)),
  code: Type.Optional(Code),
  email: Type.Optional(Email),
  type: Type.Optional(BodyType),
  ...optionalFields,
});

export const Body = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  description: Type.String(),
  task_description: Type.String(),
  code: Type.String(),
  abbreviation: Nullable(Type.String()),
  email: Type.String(),
  phone: Nullable(Type.String()),
  address: Nullable(Type.String()),
  postal_address: Nullable(Type.String()),
  type: Type.String(),
  fee_currency: Nullable(Type.String()),
  pays_fees: Type.Boolean(),
  founded_at: Nullable(Type.String()),
  status: Type.String(),
  country: Nullable(Type.String()),
  website: Nullable(Type.String()),
  gsuite_id: Nullable(Type.String()),
  google_group: Nullable(Type.String()),
  shadow_circle_id: Nullable(Type.Integer()),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export const BodyDetails = Type.Object({
  ...Body.properties,
  circles: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      description: Type.String(),
      body_id: Nullable(Type.Integer()),
      parent_circle_id: Nullable(Type.Integer()),
    }),
  ),
});

export type NewBody = Static<typeof NewBody>;
export type BodyChanges = Static<typeof BodyChanges>;

/** An id, or a code of three letters. */
export const BodyParams = Type.Object({
  id: Type.Union([
    Type.Integer({ minimum: 1, maximum: 2_147_483_647 }),
    Type.String({ pattern: "^[A-Za-z]{3}$" }),
  ]),
});

export const BodyStatus = Type.Object({
  status: Type.Union([Type.Literal("active"), Type.Literal("deleted")]),
});
