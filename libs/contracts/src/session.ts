import Type, { type Static } from "typebox";

export const PermissionScope = Type.Union([
  Type.Literal("global"),
  Type.Literal("local"),
  Type.Literal("join_request"),
]);

export const Permission = Type.Object({
  id: Type.Integer(),
  scope: PermissionScope,
  action: Type.String(),
  object: Type.String(),
  combined: Type.String({ description: "scope:action:object" }),
  filters: Type.Array(Type.String(), {
    description: "The only fields an update may touch; empty: all.",
  }),
});

export const LocalPermission = Type.Object({
  action: Type.String(),
  object: Type.String(),
  body_ids: Type.Array(Type.Integer(), { description: "Bodies in which the caller holds it." }),
});

export const SessionBody = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  code: Type.String(),
  type: Type.String(),
});

export const SessionUser = Type.Object({
  id: Type.Integer(),
  username: Type.String(),
  first_name: Type.String(),
  last_name: Type.String(),
  email: Type.String(),
  notification_email: Type.String(),
  date_of_birth: Type.Union([Type.String(), Type.Null()]),
  gender: Type.Union([Type.String(), Type.Null()]),
  superadmin: Type.Boolean(),
  active: Type.Boolean(),
  primary_body_id: Type.Union([Type.Integer(), Type.Null()]),
  bodies: Type.Array(SessionBody),
});

/** `GET /session` of core: who the caller is and what they may do. A service has a name and no user. */
export const Session = Type.Object({
  user: Type.Union([SessionUser, Type.Null()]),
  service: Type.Union([Type.String(), Type.Null()]),
  permissions: Type.Array(Permission),
  local_permissions: Type.Array(LocalPermission),
});

export type PermissionScope = Static<typeof PermissionScope>;
export type Permission = Static<typeof Permission>;
export type LocalPermission = Static<typeof LocalPermission>;
export type SessionBody = Static<typeof SessionBody>;
export type SessionUser = Static<typeof SessionUser>;
export type Session = Static<typeof Session>;
