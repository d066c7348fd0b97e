import { commonVariables } from "@myaegee/service-kit";

export const variables = {
  DATABASE_URL: commonVariables.DATABASE_URL,
  CORE_URL: commonVariables.CORE_URL,
  MAILER_URL: commonVariables.MAILER_URL,
  SERVICE_TOKEN: commonVariables.SERVICE_TOKEN,
};
