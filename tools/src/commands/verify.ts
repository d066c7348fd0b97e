import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { reportVerification } from "../cli/report-verification.ts";
import { verifyEnvironment } from "../cli/verify-environment.ts";
import type { ExitCode } from "../exit-codes.ts";

/** Tests what runs as a set: smoke, and flows in a browser where test data is allowed. Records how it went. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  return reportVerification(session, await verifyEnvironment(session));
}
