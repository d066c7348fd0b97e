import Type, { type Static } from "typebox";

const Address = Type.String({
  minLength: 3,
  maxLength: 320,
  pattern: "^[^@\\s<>,;]+@[^@\\s<>,;]+$",
});
const Addresses = Type.Union([Address, Type.Array(Address, { minItems: 1, maxItems: 2000 })]);
const Parameters = Type.Record(Type.String(), Type.Unknown());

/** Body of `POST /` of the mailer. One separate mail goes to each recipient. */
export const MailRequest = Type.Object({
  template: Type.String({ description: "Name of the template; `.html` at the end is ignored." }),
  parameters: Type.Union([Parameters, Type.Array(Parameters, { minItems: 1, maxItems: 2000 })], {
    description: "One object for all recipients, or a list with one for each.",
  }),
  to: Addresses,
  subject: Type.String({ minLength: 1, maxLength: 300 }),
  from: Type.Optional(Type.String({ maxLength: 320 })),
  reply_to: Type.Optional(Address),
  cc: Type.Optional(Addresses),
  bcc: Type.Optional(Addresses),
  idempotency_key: Type.Optional(
    Type.String({
      minLength: 1,
      maxLength: 200,
      description: "The same key from the same service gives the same messages and no second mail.",
    }),
  ),
});

export const MailAccepted = Type.Object({ ids: Type.Array(Type.String({ format: "uuid" })) });

export type MailRequest = Static<typeof MailRequest>;
export type MailAccepted = Static<typeof MailAccepted>;
