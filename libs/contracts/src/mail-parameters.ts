import Type from "typebox";

/** What mails say about an event; services may hand over more. */
export const MailEvent = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  url: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  type: Type.Optional(Type.String()),
  status: Type.Optional(Type.String()),
});

/** What mails say about an application; services may hand over more. */
export const MailApplication = Type.Object({
  first_name: Type.String(),
  last_name: Type.String(),
  body_name: Type.Optional(Type.String()),
  participant_type: Type.Optional(Type.Union([Type.String(), Type.Null()])),
  participant_order: Type.Optional(Type.Union([Type.Integer(), Type.Null()])),
  board_comment: Type.Optional(Type.Union([Type.String(), Type.Null()])),
});

const EventOnly = Type.Object({ event: MailEvent });
const EventAndApplication = Type.Object({ event: MailEvent, application: MailApplication });
const MembersList = Type.Object({
  body_name: Type.String(),
  event_name: Type.String(),
  membership_fee: Type.Union([Type.Number(), Type.String()]),
});

/** Each template of the mailer with its required parameters. The mailer is checked against this list. */
export const mailParameters = {
  confirm_email: Type.Object({
    token: Type.String(),
    name: Type.Optional(Type.String()),
    surname: Type.Optional(Type.String()),
  }),
  mail_change: Type.Object({ token: Type.String() }),
  password_reset: Type.Object({ token: Type.String() }),
  member_joined: Type.Object({
    member_firstname: Type.String(),
    member_lastname: Type.String(),
    body_name: Type.String(),
    body_id: Type.Integer(),
  }),
  new_member: Type.Object({ member_firstname: Type.String(), body_name: Type.String() }),
  custom: Type.Object({
    body: Type.String({
      description: "HTML, sent as it is: escape what people wrote with `escapeHtml`.",
    }),
  }),
  events_applied: EventAndApplication,
  events_edited: EventAndApplication,
  events_event_created: EventOnly,
  events_event_updated: EventOnly,
  events_submitted: EventOnly,
  events_status_changed: Type.Object({ event: MailEvent, old_status: Type.String() }),
  statutory_applied: EventAndApplication,
  statutory_edited: EventAndApplication,
  statutory_board_applied: EventAndApplication,
  statutory_board_edited: EventAndApplication,
  statutory_memberslist_submitted: MembersList,
  statutory_memberslist_edited: MembersList,
  candidate_applied: Type.Object({
    candidate: Type.Object({ first_name: Type.String(), last_name: Type.String() }),
    position: Type.Object({ name: Type.String(), event_id: Type.Optional(Type.Integer()) }),
  }),
} as const;

export type MailTemplate = keyof typeof mailParameters;
export type MailParameters<T extends MailTemplate> = Type.Static<(typeof mailParameters)[T]>;

/** The subject that the outbox takes when the service names none. */
export const defaultSubjects: Readonly<Record<MailTemplate, string>> = {
  confirm_email: "Please confirm your email address",
  mail_change: "Please confirm your new email address",
  password_reset: "Reset your MyAEGEE password",
  member_joined: "Somebody wants to join your body",
  new_member: "Welcome to AEGEE",
  custom: "A message from MyAEGEE",
  events_applied: "Your application was received",
  events_edited: "Your application was changed",
  events_event_created: "Your event was created",
  events_event_updated: "Your event was changed",
  events_submitted: "An event waits for your approval",
  events_status_changed: "The status of your event has changed",
  statutory_applied: "Your application was received",
  statutory_edited: "Your application was changed",
  statutory_board_applied: "A member of your body has applied",
  statutory_board_edited: "A member of your body has changed an application",
  statutory_memberslist_submitted: "A members list was submitted",
  statutory_memberslist_edited: "A members list was changed",
  candidate_applied: "A candidate has applied",
};

export function isMailTemplate(name: string): name is MailTemplate {
  return Object.hasOwn(mailParameters, name);
}
