import Type, { type Static } from "typebox";

import { DateTime, Id, Nullable, Text } from "../text.ts";

const Fee = Type.Number({ minimum: 0, maximum: 1_000_000_000 });

export const ListMember = Type.Object({
  first_name: Text(200),
  last_name: Text(200),
  user_id: Type.Optional(Nullable(Id())),
  fee: Fee,
});

export const NewMembersList = Type.Object({
  currency: Type.String({
    pattern: "^[A-Za-z]{2,3}$",
    description: "Two letters of the country (EU for the euro), or the three of the currency.",
  }),
  members: Type.Array(ListMember, { minItems: 1, maxItems: 5000 }),
});

export const MembersList = Type.Object({
  id: Type.Integer(),
  event_id: Type.Integer(),
  body_id: Type.Integer(),
  user_id: Type.Integer(),
  currency: Type.String(),
  conversion_rate: Type.Number({ description: "Units of the currency for one EUR." }),
  members: Type.Array(
    Type.Object({
      first_name: Type.String(),
      last_name: Type.String(),
      user_id: Type.Optional(Nullable(Type.Integer())),
      fee: Type.Number(),
      fee_to_aegee: Type.Number({ description: "In EUR." }),
    }),
  ),
  fee_to_aegee: Type.Number({ description: "In EUR, for all members." }),
  fee_paid: Type.Number(),
  fee_not_paid: Type.Number(),
  created_at: DateTime(),
  updated_at: DateTime(),
});

export const FeePaid = Type.Object({ fee_paid: Fee });

export const ListlessBody = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  type: Type.String(),
});

export type ListMember = Static<typeof ListMember>;
export type NewMembersList = Static<typeof NewMembersList>;
export type MembersList = Static<typeof MembersList>;
