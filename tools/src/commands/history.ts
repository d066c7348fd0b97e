import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession, readState, type Session } from "../cli/open-session.ts";
import type { PastRun } from "../deploy/environment-state.ts";
import { foldLedger } from "../deploy/fold-ledger.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatHistory } from "../output/format-history.ts";

/** The last runs, the newest first. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const runs = (await readRuns(session, flags.lines)).toReversed().slice(0, flags.lines);
  context.report.answer({
    document: { type: "history", version: 1, environment: session.environment.name, runs },
    text:
      runs.length === 0
        ? `${session.environment.name} has no history yet.`
        : formatHistory(runs, context.adapters.clock.now()),
  });
  return exitCodes.done;
}

/** The state remembers the newest; who wants more waits until all of the ledger is read. */
async function readRuns(session: Session, count: number): Promise<readonly PastRun[]> {
  const { runs } = await readState(session);
  return runs.length >= count ? runs : foldLedger((await session.store.read()).records).runs;
}
