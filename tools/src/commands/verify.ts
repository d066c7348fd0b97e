import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { verifyEnvironment } from "../cli/verify-environment.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatVerification } from "../output/format-verification.ts";

/** Tests what runs as a set: smoke, and flows in a browser where test data is allowed. Records how it went. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const { name } = session.environment;
  const result = await verifyEnvironment(session);
  const logs = `Look at the logs: npx nx run tools:logs --env=${name}`;
  const advice = [
    ...(result.report === null ? [] : [`Report: ${result.report}`]),
    ...(result.isPassed ? [] : [logs]),
  ].join("\n");
  context.report.answer({
    document: { type: "verification", version: 1, environment: name, ...result },
    text: formatVerification({ environment: name, ...result }),
    ...(advice === "" ? {} : { advice }),
  });
  return result.isPassed ? exitCodes.done : exitCodes.failed;
}
