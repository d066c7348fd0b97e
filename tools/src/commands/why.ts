import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession, readState } from "../cli/open-session.ts";
import { explainService, formatExplanation } from "../deploy/explain-service.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Which run brought a service to its version, who ran it and why, and what holds it there. */
export async function run(
  context: CommandContext,
  { flags, names }: CommandInput,
): Promise<ExitCode> {
  const [service] = names;
  if (service === undefined) {
    throw new SlipwayError("FLAGS_INVALID", "why wants the name of a service.", {
      hint: "For example: npx slipway why events",
    });
  }
  const session = await openSession(context, flags);
  const explanation = explainService(await readState(session), service);
  context.report.answer({
    document: { type: "why", version: 1, environment: flags.env, ...explanation },
    text: formatExplanation(explanation),
  });
  return exitCodes.done;
}
