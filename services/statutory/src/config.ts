import { commonVariables } from "@myaegee/service-kit";
import Type from "typebox";

const { DATABASE_URL, CORE_URL, MAILER_URL, SERVICE_TOKEN } = commonVariables;

const Address = Type.String({ pattern: "^[^@\\s<>,;]+@[^@\\s<>,;]+$" });

/** What statutory reads from its environment, beyond what every service does. */
export const variables = {
  DATABASE_URL,
  CORE_URL,
  MAILER_URL,
  SERVICE_TOKEN,
  TREASURER_ADDRESS: {
    ...Address,
    default: "treasurer@example.org",
    description: "Who is told of members lists.",
  },
  JURIDICAL_ADDRESS: {
    ...Address,
    default: "jc@example.org",
    description: "Who is told of candidates.",
  },
  EXCHANGE_RATES_URL: Type.Optional(
    Type.String({
      pattern: "^https?://",
      description: "Monthly rates of the European Commission; without it the fixed table counts.",
    }),
  ),
};
