import type { Environment } from "../config/environment-schema.ts";
import { resumeRun } from "../deploy/apply-plan.ts";
import type { OpenRun } from "../deploy/environment-state.ts";
import { isPastReturn } from "../deploy/plan-return.ts";
import { revertRun } from "../deploy/return-run.ts";
import type { RunPorts } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";

/** Finishes or undoes a run that died, before anything new begins. Where people confirm, it asks them to. */
export async function settleOpenRun(
  confirm: Environment["policy"]["confirm"],
  ports: RunPorts,
): Promise<void> {
  const open = ports.ledger.state().openRun;
  if (open === null) return;
  if (confirm !== "none") throw runOpen(open, ports.policy.environment);
  const mine = { ...ports, ledger: ports.ledger.forRun(open.run) };
  if (isPastReturn(open.plan, open)) {
    ports.report({
      type: "note",
      text: `${nameRun(open)}; its versions serve, so it is finished first.`,
    });
    return resumeRun(open, mine);
  }
  ports.report({ type: "note", text: `${nameRun(open)}; it is undone first.` });
  return revertRun(open, mine);
}

export function nameRun({ run, plan, actor }: OpenRun): string {
  const count = plan.steps.length;
  return `Run ${run} (${plan.kind} by ${actor.name}, ${count} steps) ended half-way`;
}

function runOpen(open: OpenRun, environment: string): SlipwayError {
  return new SlipwayError("RUN_OPEN", `${nameRun(open)}.`, {
    hint: `Finish it: npx nx run tools:resume --env=${environment}; or undo it: npx nx run tools:revert --env=${environment}`,
  });
}
