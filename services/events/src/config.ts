import { commonVariables } from "@myaegee/service-kit";
import Type from "typebox";

const { DATABASE_URL, CORE_URL, MAILER_URL, SERVICE_TOKEN } = commonVariables;

/** What events reads from its environment, beyond what every service does. */
export const variables = {
  DATABASE_URL,
  CORE_URL,
  MAILER_URL,
  SERVICE_TOKEN,
  APPROVAL_BODIES: Type.String({
    pattern: "^[A-Za-z]{3}(,[A-Za-z]{3})*$",
    default: "EQA",
    description: "Codes of the bodies whose members are told of submitted events.",
  }),
};
