import type { CommandContext, CommandInput } from "../cli/command.ts";
import { confirmPlan } from "../cli/confirm-plan.ts";
import { openSession, readState } from "../cli/open-session.ts";
import { previewPlan } from "../cli/plan-in-session.ts";
import { reportDone, reportPlan } from "../cli/report-run.ts";
import { runPlan } from "../cli/run-plan.ts";
import { chooseRollback } from "../deploy/choose-rollback.ts";
import type { ExitCode } from "../exit-codes.ts";

/** Brings earlier versions back, pins them, and blocks those that it replaces. */
export async function run(context: CommandContext, { flags }: CommandInput): Promise<ExitCode> {
  const session = await openSession(context, flags);
  const { wanted, services } = chooseRollback(await readState(session), {
    environment: session.environment.name,
    services: flags.service,
    to: flags.to,
  });
  const pins = services.map((service) => ({ service, change: "pin" as const }));
  const wish = { kind: "rollback" as const, wanted, only: services, pins, base: null };
  const { plan } = await previewPlan(session, wish);
  if (flags.dryRun) return reportPlan(session, plan);
  context.report.event({ type: "plan", plan });
  await confirmPlan(session, plan);
  return reportDone(session, await runPlan(session, { wish, preview: plan }));
}
