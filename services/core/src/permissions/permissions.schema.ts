import { Permission, PermissionScope } from "@myaegee/contracts";
import Type, { type Static } from "typebox";

const Word = Type.String({ minLength: 1, maxLength: 100, pattern: "^[A-Za-z0-9_\\-]+$" });
const Filters = Type.Array(Type.String({ minLength: 1, maxLength: 100 }), { maxItems: 100 });
const Description = Type.Union([Type.String({ maxLength: 2000 }), Type.Null()]);

/** A permission as somebody holds it. */
export const PermissionHeld = Type.Object({
  ...Permission.properties,
  description: Type.String(),
});

export const PermissionRow = Type.Object({
  ...PermissionHeld.properties,
  created_at: Type.String(),
  updated_at: Type.String(),
});

/** With the circles that it was given to. */
export const PermissionDetails = Type.Object({
  ...PermissionRow.properties,
  circles: Type.Array(
    Type.Object({
      id: Type.Integer(),
      name: Type.String(),
      body_id: Type.Union([Type.Integer(), Type.Null()]),
    }),
  ),
});

export const NewPermission = Type.Object({
  scope: Type.Optional(PermissionScope),
  action: Word,
  object: Word,
  description: Type.Optional(Description),
  filters: Type.Optional(Type.Union([Filters, Type.Null()])),
});

export const PermissionChanges = Type.Object({
  scope: Type.Optional(PermissionScope),
  action: Type.Optional(Word),
  object: Type.Optional(Word),
  description: Type.Optional(Description),
  filters: Type.Optional(Type.Union([Filters, Type.Null()])),
});

/** An `action:object` to look for. */
export const PermissionAsked = Type.Object({
  action: Type.String({ minLength: 1, maxLength: 100 }),
  object: Type.String({ minLength: 1, maxLength: 100 }),
});

export type NewPermission = Static<typeof NewPermission>;
export type PermissionChanges = Static<typeof PermissionChanges>;
