import { pageQuery } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

const Status = Type.Union([
  Type.Literal("queued"),
  Type.Literal("sending"),
  Type.Literal("sent"),
  Type.Literal("dead"),
]);

export const MessageParams = Type.Object({ id: Type.String({ format: "uuid" }) });

export const MessagesQuery = Type.Object({
  ...pageQuery(),
  status: Type.Optional(Status),
  template: Type.Optional(Type.String({ maxLength: 100 })),
  to: Type.Optional(Type.String({ maxLength: 320 })),
});

const messageFields = {
  id: Type.String(),
  service: Type.String(),
  template: Type.String(),
  to: Type.String(),
  subject: Type.String(),
  status: Status,
  attempts: Type.Integer(),
  next_attempt_at: Type.String(),
  last_error: Type.Union([Type.String(), Type.Null()]),
  created_at: Type.String(),
  sent_at: Type.Union([Type.String(), Type.Null()]),
};

export const Message = Type.Object(messageFields);

export const MessageDetails = Type.Object({
  ...messageFields,
  parameters: Type.Record(Type.String(), Type.String(), {
    description: "Names only: the values may be secrets.",
  }),
});

export type Message = Static<typeof Message>;
export type MessageDetails = Static<typeof MessageDetails>;
export type MessagesQuery = Static<typeof MessagesQuery>;
