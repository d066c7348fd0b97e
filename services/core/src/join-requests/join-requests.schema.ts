import Type from "typebox";

import { BodyParams } from "../bodies/bodies.schema.ts";
import { ByAgeQuery, Id } from "../lists/schemas.ts";
import { MemberName } from "../members/members.schema.ts";

export const JoinRequestRow = Type.Object({
  id: Type.Integer(),
  body_id: Type.Integer(),
  user_id: Type.Integer(),
  motivation: Type.String(),
  status: Type.String(),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export const JoinRequest = Type.Object({ ...JoinRequestRow.properties, user: MemberName });

export const JoinRequestsQuery = Type.Object({
  ...ByAgeQuery.properties,
  status: Type.Optional(Type.Union([Type.Literal("pending"), Type.Literal("approved")])),
});

export const Motivation = Type.Object({
  motivation: Type.Optional(Type.Union([Type.String({ maxLength: 5000 }), Type.Null()])),
});

export const Decision = Type.Object({
  status: Type.Union([Type.Literal("approved"), Type.Literal("rejected")]),
});

export const RequestParams = Type.Object({ ...BodyParams.properties, request: Id });
