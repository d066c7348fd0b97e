export { Body, BodyMember, bodyTypes, localBodyTypes, Member, MemberMail } from "./bodies.ts";
export { createCoreClient, type CoreClient, type Credentials } from "./core-client.ts";
export { escapeHtml } from "./escape-html.ts";
export { Failure, PageMeta, responses, Success, SuccessMessage, SuccessPage } from "./envelope.ts";
export {
  defaultSubjects,
  isMailTemplate,
  MailApplication,
  MailEvent,
  mailParameters,
  type MailParameters,
  type MailTemplate,
} from "./mail-parameters.ts";
export { MailRefusedError } from "./mail-refused-error.ts";
export { MailAccepted, MailRequest } from "./mail-request.ts";
export { createMailerClient, type MailerClient } from "./mailer-client.ts";
export { seedBodies, seedPassword, seedUsers, type SeedUser } from "./seeds.ts";
export { ServiceCallError } from "./service-call-error.ts";
export type { ServiceClientOptions } from "./service-call.ts";
export {
  LocalPermission,
  Permission,
  PermissionScope,
  Session,
  SessionBody,
  SessionUser,
} from "./session.ts";
