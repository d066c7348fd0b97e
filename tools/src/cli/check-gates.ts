import { readEnvironment } from "../config/read-environment.ts";
import type { EnvironmentState, PastVerification } from "../deploy/environment-state.ts";
import { hashConfiguration, hashReleases } from "../deploy/hash-configuration.ts";
import { judgeGates } from "../deploy/judge-gates.ts";
import { nameAttempt } from "../deploy/name-attempt.ts";
import type { DeployPlan } from "../deploy/plan.ts";
import { SlipwayError } from "../errors.ts";
import { readLedgerState } from "../ledger/read-ledger-state.ts";
import { openStore, type Session } from "./open-session.ts";

/** Refuses a deployment whose gates are not met. Gives those that `--force` overrides, for the record. */
export async function checkGates(
  session: Session,
  plan: DeployPlan,
  state: EnvironmentState,
): Promise<readonly string[]> {
  const { environment, policy, context, flags } = session;
  const unmet = judgeGates({
    plan: { ...plan, attempt: nameAttempt(plan.steps) },
    content: hashReleases(plan.set.services),
    configuration: hashConfiguration(plan.set.services, policy.env),
    state,
    gate: environment.gate,
    freezes: environment.freezes ?? [],
    verifications: await readVerifications(session),
    blockFailed: policy.isStrict,
    now: context.adapters.clock.now(),
  });
  if (unmet.length === 0 || flags.force) return unmet;
  throw new SlipwayError("GATE_REFUSED", `${plan.set.id} may not go to ${environment.name}.`, {
    details: unmet,
    hint: `Nothing was touched. ${adviseOn(session)}Whoever must can insist, and it is recorded: --force --reason=…`,
  });
}

function adviseOn({ environment: { gate } }: Session): string {
  if (gate === undefined) return "";
  return `Verify it first: npx nx run tools:deploy --env=${gate.verifiedIn}, then tools:verify --env=${gate.verifiedIn}. `;
}

async function readVerifications({
  context,
  environment,
}: Session): Promise<readonly PastVerification[]> {
  if (environment.gate === undefined) return [];
  const other = await readEnvironment(context.workspace, environment.gate.verifiedIn);
  const { state } = await readLedgerState(await openStore(context, other));
  return state.verifications;
}
