import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession, readState } from "../cli/open-session.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Lets deployments in again. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const { env: environment } = flags;
  const session = await openSession(context, flags);
  const wasFrozen = (await readState(session)).freeze !== null;
  if (wasFrozen) {
    await runExclusively(session, {
      command: "unfreeze",
      work: ({ ledger }) => ledger.append({ event: "thawed", data: {} }),
    });
  }
  context.report.answer({
    document: { type: "unfreeze", version: 1, environment, wasFrozen },
    text: wasFrozen ? `${environment} is open again` : `${environment} was not frozen`,
  });
  return exitCodes.done;
}
