import { createReleaseSet } from "../release/create-release-set.ts";
import { chooseReleases, type Choices } from "./choose-releases.ts";
import type { DeployFacts } from "./deploy-facts.ts";
import { guardBlocked, guardContracts, guardSchemas, guardSet } from "./guard-plan.ts";
import { hashContent } from "./hash-content.ts";
import { planChanges, type PlannedChange } from "./plan-changes.ts";
import { planSteps } from "./plan-steps.ts";
import type { DeployPlan, ServiceChange } from "./plan.ts";

/** What must be done so that the wanted set runs. Empty steps when it already does. */
export function planDeploy(facts: DeployFacts): DeployPlan {
  const choices = chooseReleases(facts);
  guardSet(facts, choices);
  guardSchemas(facts, choices);
  guardContracts(facts, choices);
  const changes = planChanges(facts, choices);
  guardBlocked(facts, choices, changes);
  const set = createReleaseSet(facts.wanted.commit, listReleases(choices));
  return sealPlan({
    version: 1,
    kind: facts.kind,
    environment: facts.policy.environment,
    base: facts.state.seq,
    set,
    changes: changes.map(asServiceChange),
    pins: choices.pins,
    steps: planSteps(facts, changes, set.id),
  });
}

export function sealPlan(plan: Omit<DeployPlan, "hash">): DeployPlan {
  return { ...plan, hash: hashContent(plan) };
}

function listReleases({ releases }: Choices) {
  return Object.fromEntries(Object.entries(releases).map(([name, { release }]) => [name, release]));
}

function asServiceChange({ service, action, from, to, note }: PlannedChange): ServiceChange {
  return { service, action, from, to, note };
}
