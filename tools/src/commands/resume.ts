import type { CommandContext, CommandInput } from "../cli/command.ts";
import { openSession } from "../cli/open-session.ts";
import { requireOpenRun } from "../cli/require-open-run.ts";
import { runExclusively } from "../cli/run-exclusively.ts";
import { resumeRun } from "../deploy/apply-plan.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";

/** Goes on with the run that ended half-way, from the step where it stood. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  await requireOpenRun(session);
  return runExclusively(session, {
    command: "resume",
    async work(ports) {
      const open = await requireOpenRun(session, ports);
      context.report.event({ type: "plan", plan: open.plan });
      await resumeRun(open, { ...ports, ledger: ports.ledger.forRun(open.run) });
      context.report.answer({
        document: { type: "resume", version: 1, run: open.run, outcome: "committed" },
        text: `Run ${open.run} is finished`,
      });
      return exitCodes.done;
    },
  });
}
