import { commonVariables } from "@myaegee/service-kit";
import Type from "typebox";

export const variables = {
  DATABASE_URL: commonVariables.DATABASE_URL,
  PUBLIC_URL: commonVariables.PUBLIC_URL,
  CORE_URL: commonVariables.CORE_URL,
  SMTP_URL: commonVariables.SMTP_URL,
  SERVICE_TOKEN: commonVariables.SERVICE_TOKEN,
  SERVICE_TOKENS: commonVariables.SERVICE_TOKENS,
  MAIL_FROM: Type.String({ default: "MyAEGEE <noreply@aegee.eu>", maxLength: 320 }),
  LEASE_SECONDS: Type.Number({
    minimum: 1,
    default: 60,
    description: "After this time a mail whose sender was killed is sent again.",
  }),
  RETRY_SECONDS: Type.Number({
    minimum: 0,
    default: 5,
    description: "Pause after the first failed attempt; each further one is four times as long.",
  }),
  KEEP_SENT_DAYS: Type.Number({
    minimum: 1,
    maximum: 36_500,
    default: 90,
    description: "Sent messages are deleted after this many days.",
  }),
};
