import { commonVariables } from "@myaegee/service-kit";
import Type from "typebox";

export const variables = {
  DATABASE_URL: commonVariables.DATABASE_URL,
  MAILER_URL: commonVariables.MAILER_URL,
  SERVICE_TOKEN: commonVariables.SERVICE_TOKEN,
  SERVICE_TOKENS: commonVariables.SERVICE_TOKENS,
  RATE_LIMIT_FACTOR: Type.Optional(
    Type.Number({
      minimum: 0.1,
      maximum: 100_000,
      description:
        "Widens the limits on login, sign-up and reset. Default 1; 100 where test data is.",
    }),
  ),
};

const TEST_DATA_FACTOR = 100;

/** Tests log in more often than people do. */
export function planRateLimitFactor(config: {
  RATE_LIMIT_FACTOR?: number | undefined;
  TEST_DATA: boolean;
}): number {
  return config.RATE_LIMIT_FACTOR ?? (config.TEST_DATA ? TEST_DATA_FACTOR : 1);
}
