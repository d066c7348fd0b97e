import { checkGates } from "../cli/check-gates.ts";
import type { CommandContext, CommandInput } from "../cli/command.ts";
import { confirmPlan } from "../cli/confirm-plan.ts";
import { openSession } from "../cli/open-session.ts";
import { previewPlan } from "../cli/plan-in-session.ts";
import { readWish } from "../cli/read-wish.ts";
import { reportDone, reportNoChange, reportPlan } from "../cli/report-run.ts";
import { runPlan } from "../cli/run-plan.ts";
import { hasChanges } from "../deploy/plan.ts";
import type { ExitCode } from "../exit-codes.ts";

/** Brings the environment to the wanted set. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const wish = await readWish(session);
  const preview = await previewPlan(session, wish);
  if (!hasChanges(preview.plan) && preview.state.openRun === null) {
    return reportNoChange(session, preview);
  }
  if (flags.dryRun) return reportPlan(session, preview.plan);
  context.report.event({ type: "plan", plan: preview.plan });
  await checkGates(session, preview.plan, preview.state);
  await confirmPlan(session, preview.plan);
  return reportDone(session, await runPlan(session, { wish, preview: preview.plan }));
}
