import { applyPlan } from "../deploy/apply-plan.ts";
import type { DeployPlan } from "../deploy/plan.ts";
import { preflight } from "../deploy/preflight.ts";
import type { RunPorts } from "../deploy/run-ports.ts";
import type { Happening, Moment } from "../output/format-notification.ts";
import { notify } from "./notify.ts";
import type { Session } from "./open-session.ts";

export interface Application {
  plan: DeployPlan;
  overrides: readonly string[];
}

/** Looks, applies, and tells webhooks that it began and how it ended. */
export async function applyAndTell(
  session: Session,
  { plan, overrides }: Application,
  ports: RunPorts,
): Promise<void> {
  await preflight(plan, ports);
  const tell = (moment: Moment, message: string | null) =>
    notify(session, describe({ moment, message }, { plan, session, ports }));
  // Nobody waits for a receiver while versions could be on their way.
  const started = tell("started", null);
  try {
    await applyPlan(plan, ports, overrides);
    await started;
    await tell("committed", null);
  } catch (error) {
    await started;
    const message = error instanceof Error ? error.message : String(error);
    await tell(findOutcome(ports), message);
    throw error;
  }
}

function findOutcome({ ledger }: RunPorts): Moment {
  const run = ledger.state().runs.findLast((past) => past.run === ledger.run);
  return run?.outcome === "rolled-back" ? "rolled back" : "failed";
}

function describe(
  { moment, message }: Pick<Happening, "moment" | "message">,
  { plan, session, ports }: { plan: DeployPlan; session: Session; ports: RunPorts },
): Happening {
  const { run, actor } = ports.ledger;
  const { reason = null } = session.flags;
  return { moment, plan, actor: actor.name, reason, run, message };
}
