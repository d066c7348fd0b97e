import Type from "typebox";

import { ByAgeQuery } from "../lists/schemas.ts";
import { MemberName } from "../members/members.schema.ts";

/** The row alone, as it is answered when it was made. */
export const MembershipRow = Type.Object({
  id: Type.Integer({ description: "Of the membership, not of the user." }),
  body_id: Type.Integer(),
  user_id: Type.Integer(),
  comment: Type.String(),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export const Membership = Type.Object({ ...MembershipRow.properties, user: MemberName });

const Word = Type.String({ minLength: 1, maxLength: 100 });

export const MembershipsQuery = Type.Object({
  ...ByAgeQuery.properties,
  "holds_permission[action]": Type.Optional(Word),
  "holds_permission[object]": Type.Optional(Word),
});

export const MembershipComment = Type.Object({
  comment: Type.Union([Type.String({ maxLength: 5000 }), Type.Null()]),
});
