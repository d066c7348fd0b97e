import { checkGates } from "../cli/check-gates.ts";
import type { CommandContext, CommandInput } from "../cli/command.ts";
import { confirmPlan } from "../cli/confirm-plan.ts";
import { openSession, type Session } from "../cli/open-session.ts";
import { previewPlan } from "../cli/plan-in-session.ts";
import { readWish } from "../cli/read-wish.ts";
import { reportDone, reportNoChange, reportPlan } from "../cli/report-run.ts";
import { reportVerification } from "../cli/report-verification.ts";
import { runPlan } from "../cli/run-plan.ts";
import { verifyEnvironment } from "../cli/verify-environment.ts";
import type { EnvironmentState } from "../deploy/environment-state.ts";
import { hasChanges } from "../deploy/plan.ts";
import type { ExitCode } from "../exit-codes.ts";

/** Brings the environment to the wanted set, and tests it there where the policy says so. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const wish = await readWish(session);
  const preview = await previewPlan(session, wish);
  if (!hasChanges(preview.plan) && preview.state.openRun === null) {
    const exitCode = reportNoChange(session, preview);
    return flags.dryRun || isVerified(preview.state) ? exitCode : verify(session, exitCode);
  }
  if (flags.dryRun) return reportPlan(session, preview.plan);
  context.report.event({ type: "plan", plan: preview.plan });
  await checkGates(session, preview.plan, preview.state);
  await confirmPlan(session, preview.plan);
  const result = await runPlan(session, { wish, preview: preview.plan });
  return verify(session, reportDone(session, result));
}

function isVerified({ set, verifications }: EnvironmentState): boolean {
  return verifications.some((one) => one.set === set && one.isPassed);
}

/** The deployment is done and recorded before this, whatever the tests find. */
async function verify(session: Session, exitCode: ExitCode): Promise<ExitCode> {
  return session.environment.policy.verifyAfterDeploy === true
    ? reportVerification(session, await verifyEnvironment(session))
    : exitCode;
}
