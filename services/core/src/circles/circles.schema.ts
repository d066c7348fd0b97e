import Type, { type Static } from "typebox";

import { MemberName } from "../members/members.schema.ts";

const Nullable = <T extends Type.TSchema>(schema: T) => Type.Union([schema, Type.Null()]);
const Text = (maxLength: number) => Type.String({ minLength: 1, maxLength, pattern: "\\S" });

export const Circle = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  description: Type.String(),
  gsuite_id: Nullable(Type.String()),
  body_id: Nullable(Type.Integer()),
  parent_circle_id: Nullable(Type.Integer()),
  created_at: Type.String(),
  updated_at: Type.String(),
});

const CircleName = Type.Object({ id: Type.Integer(), name: Type.String() });

export const CircleDetails = Type.Object({
  ...Circle.properties,
  body: Nullable(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      code: Type.String(),
      type: Type.String(),
    }),
  ),
  parent_circle: Nullable(CircleName),
  child_circles: Type.Array(CircleName),
});

/** Other fields are ignored: body and parent have routes of their own. */
export const NewCircle = Type.Object({ name: Text(200), description: Text(2000) });
export const CircleChanges = Type.Object({
  name: Type.Optional(Text(200)),
  description: Type.Optional(Text(2000)),
});

export const CircleParent = Type.Object({
  parent_circle_id: Nullable(Type.Integer({ minimum: 1, maximum: 2_147_483_647 })),
});

export type NewCircle = Static<typeof NewCircle>;
export type CircleChanges = Static<typeof CircleChanges>;

export const CircleMember = Type.Object({
  id: Type.Integer({ description: "Of the membership, not of the user." }),
  circle_id: Type.Integer(),
  user_id: Type.Integer(),
  position: Type.String(),
  created_at: Type.String(),
  updated_at: Type.String(),
  user: MemberName,
});
