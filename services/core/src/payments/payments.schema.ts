import Type, { type Static } from "typebox";

import { Id } from "../lists/schemas.ts";

const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}$" });
const OptionalText = (maxLength: number) =>
  Type.Optional(Type.Union([Type.String({ maxLength }), Type.Null()]));
const Amount = Type.Number({ minimum: 0, maximum: 1_000_000 });
const Currency = Type.String({ minLength: 1, maxLength: 10 });

const optionalFields = {
  comment: OptionalText(2000),
  invoice_name: OptionalText(200),
  invoice_address: OptionalText(1000),
};

/** Other fields are ignored. */
export const NewPayment = Type.Object({
  user_id: Id,
  starts: Day,
  expires: Day,
  amount: Amount,
  currency: Currency,
  ...optionalFields,
});

export const PaymentChanges = Type.Object({
  starts: Type.Optional(Day),
  expires: Type.Optional(Day),
  amount: Type.Optional(Amount),
  currency: Type.Optional(Currency),
  ...optionalFields,
});

export const Payment = Type.Object({
  id: Type.Integer(),
  body_id: Type.Integer(),
  user_id: Type.Integer(),
  starts: Type.String(),
  expires: Type.String(),
  amount: Type.Number(),
  currency: Type.String(),
  comment: Type.String(),
  invoice_name: Type.Union([Type.String(), Type.Null()]),
  invoice_address: Type.Union([Type.String(), Type.Null()]),
  created_at: Type.String(),
  updated_at: Type.String(),
});

export type NewPayment = Static<typeof NewPayment>;
export type PaymentChanges = Static<typeof PaymentChanges>;
