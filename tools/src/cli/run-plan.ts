import type { EnvironmentState } from "../deploy/environment-state.ts";
import { hasChanges, type DeployPlan } from "../deploy/plan.ts";
import { applyAndTell } from "./apply-and-tell.ts";
import { checkGates } from "./check-gates.ts";
import type { Session } from "./open-session.ts";
import { planUnderLock, type PlanWish } from "./plan-in-session.ts";
import { runExclusively } from "./run-exclusively.ts";
import { settleOpenRun } from "./settle-open-run.ts";

/** What a run brought about. */
export interface RunResult {
  plan: DeployPlan;
  run: string;
  state: EnvironmentState;
  address: string;
  inbox: string | null;
  durationMs: number;
}

/** Takes the lock, settles what an earlier run has left, plans once more and applies. */
export async function runPlan(
  session: Session,
  { wish, preview }: { wish: PlanWish; preview: DeployPlan },
): Promise<RunResult> {
  const { clock } = session.context.adapters;
  const startedAt = clock.now().getTime();
  return runExclusively(session, {
    command: wish.kind,
    async work(ports) {
      await settleOpenRun(session.environment.policy.confirm, ports);
      const plan = await planUnderLock(session, { wish, preview }, ports);
      const overrides = await checkGates(session, plan, ports.ledger.state());
      if (hasChanges(plan)) await applyAndTell(session, { plan, overrides }, ports);
      return {
        plan,
        run: ports.ledger.run,
        state: ports.ledger.state(),
        address: ports.gateway.publicUrl(),
        inbox: ports.platform.inboxUrl(),
        durationMs: clock.now().getTime() - startedAt,
      };
    },
  });
}
