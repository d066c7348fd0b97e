import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatVerification } from "../output/format-verification.ts";
import type { Session } from "./open-session.ts";
import type { VerifiedEnvironment } from "./verify-environment.ts";

/** Every check, and where to look on when one failed. */
export function reportVerification(session: Session, result: VerifiedEnvironment): ExitCode {
  const { name } = session.environment;
  const advice = [
    ...(result.report === null ? [] : [`Report: ${result.report}`]),
    ...(result.isPassed
      ? []
      : [
          `Look at the logs: npx nx run tools:logs --env=${name}`,
          `It still serves; go back: npx nx run tools:rollback --env=${name}`,
        ]),
  ].join("\n");
  session.context.report.answer({
    document: { type: "verification", version: 1, environment: name, ...result },
    text: formatVerification({ environment: name, ...result }),
    ...(advice === "" ? {} : { advice }),
  });
  return result.isPassed ? exitCodes.done : exitCodes.failed;
}
