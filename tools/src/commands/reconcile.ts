import type { CommandContext, CommandInput } from "../cli/command.ts";
import { confirmPlan } from "../cli/confirm-plan.ts";
import { noteCaughtUp } from "../cli/note-caught-up.ts";
import { openSession, readState } from "../cli/open-session.ts";
import { previewPlan } from "../cli/plan-in-session.ts";
import { reportDone, reportNoChange, reportPlan } from "../cli/report-run.ts";
import { runPlan } from "../cli/run-plan.ts";
import { chooseRecorded } from "../deploy/choose-recorded.ts";
import { hasChanges } from "../deploy/plan.ts";
import type { ExitCode } from "../exit-codes.ts";

/** Brings back what the ledger says should run; builds nothing. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const wanted = chooseRecorded(await readState(session));
  const wish = { kind: "reconcile" as const, wanted, only: [], pins: [], base: null };
  const preview = await previewPlan(session, wish);
  if (!hasChanges(preview.plan) && preview.state.openRun === null) {
    await noteCaughtUp(session, preview.state);
    return reportNoChange(session, preview);
  }
  if (flags.dryRun) return reportPlan(session, preview.plan);
  context.report.event({ type: "plan", plan: preview.plan });
  await confirmPlan(session, preview.plan);
  return reportDone(session, await runPlan(session, { wish, preview: preview.plan }));
}
