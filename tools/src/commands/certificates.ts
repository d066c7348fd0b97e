import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Connecting takes them over, as every command does that holds the lock; connections that are open stay open. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const { name, tls } = session.environment;
  if (tls === undefined) {
    throw new SlipwayError("CONFIG_INVALID", `${name} has no TLS.`, {
      hint: `Nothing was touched. Add tls to tools/environments/${name}.yaml.`,
    });
  }
  await runExclusively(session, { command: "certificates", work: async () => {} });
  context.report.answer({
    document: { type: "certificates", version: 1, environment: name, folder: tls.certificates },
    text: `${name} serves the certificates of ${tls.certificates}`,
  });
  return exitCodes.done;
}
