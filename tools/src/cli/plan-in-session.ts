import type { DeployFacts, Observed } from "../deploy/deploy-facts.ts";
import type { EnvironmentState } from "../deploy/environment-state.ts";
import { planDeploy } from "../deploy/plan-deploy.ts";
import type { DeployPlan, PinChange, PlanKind } from "../deploy/plan.ts";
import type { RunPorts } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import { findConnection, observe, readState, type Session } from "./open-session.ts";

/** What a command wants, before it is known what that takes. */
export interface PlanWish {
  kind: PlanKind;
  wanted: ReleaseSet;
  only: readonly string[];
  pins: readonly PinChange[];
  /** The saved plan to apply as it is; null to plan afresh. */
  base: DeployPlan | null;
}

export interface Preview {
  plan: DeployPlan;
  state: EnvironmentState;
  /** Null when nothing runs. */
  address: string | null;
  /** Of looking and planning; what was built before does not count. */
  durationMs: number;
}

/** Plans without a lock: a question, not yet an intention. */
export async function previewPlan(session: Session, wish: PlanWish): Promise<Preview> {
  // Building may have taken a while; nothing has been touched yet.
  session.context.signal.throwIfAborted();
  const { clock } = session.context.adapters;
  const startedAt = clock.now().getTime();
  const state = await readState(session);
  const connection = await findConnection(session);
  try {
    const facts = gatherFacts(session, wish, { state, observed: await observe(connection) });
    const address = connection?.gateway.publicUrl() ?? null;
    const plan = wish.base ?? planDeploy(facts);
    return { plan, state, address, durationMs: clock.now().getTime() - startedAt };
  } finally {
    await connection?.close();
  }
}

/** Plans again under the lock, and says so when the environment has changed since the preview. */
export async function planUnderLock(
  session: Session,
  { wish, preview }: { wish: PlanWish; preview: DeployPlan },
  ports: RunPorts,
): Promise<DeployPlan> {
  const observed = await observeThrough(ports);
  const state = ports.ledger.state();
  if (wish.base?.base === state.seq) return wish.base;
  const plan = planDeploy(gatherFacts(session, wish, { state, observed }));
  if (plan.hash === preview.hash) return plan;
  if (session.environment.policy.confirm !== "none") throw planStale(plan);
  ports.report({
    type: "note",
    text: "The environment is not as it was a moment ago; planned again.",
  });
  session.context.report.event({ type: "plan", plan });
  return plan;
}

function gatherFacts(
  { policy, flags, context }: Session,
  { kind, wanted, only, pins }: PlanWish,
  { state, observed }: { state: EnvironmentState; observed: Observed },
): DeployFacts {
  return {
    kind,
    policy,
    wanted,
    only,
    pins,
    force: flags.force,
    seed: flags.seed,
    state,
    observed,
    now: context.adapters.clock.now().toISOString(),
  };
}

async function observeThrough({ runtime, gateway }: RunPorts): Promise<Observed> {
  return { instances: await runtime.list(), gateway: await gateway.describe() };
}

function planStale({ environment }: DeployPlan): SlipwayError {
  return new SlipwayError("PLAN_STALE", `${environment} has changed since the plan was shown.`, {
    hint: "Nothing was touched. Run the command again to see the new plan.",
  });
}
