import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { requireOpenRun } from "../cli/require-open-run.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { isPastReturn } from "../deploy/plan-return.ts";
import { revertRun } from "../deploy/return-run.ts";
import { SlipwayError } from "../errors.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Undoes the run that ended half-way: traffic returns, what it started ends. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  await requireOpenRun(session);
  return runExclusively(session, {
    command: "revert",
    async work(ports) {
      const open = await requireOpenRun(session, ports);
      if (isPastReturn(open.plan, open)) throw pastReturn(open.run, flags.env);
      await revertRun(open, { ...ports, ledger: ports.ledger.forRun(open.run) });
      context.report.answer({
        document: { type: "revert", version: 1, run: open.run, outcome: "reverted" },
        text: `Run ${open.run} is undone`,
      });
      return exitCodes.done;
    },
  });
}

function pastReturn(open: string, environment: string): SlipwayError {
  return new SlipwayError("RUN_PAST_RETURN", `The new versions of run ${open} already count.`, {
    hint: `Finish it: npx nx run tools:resume --env=${environment}; then: npx nx run tools:rollback --env=${environment}`,
  });
}
