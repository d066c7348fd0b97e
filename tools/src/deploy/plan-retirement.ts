import type { DeployFacts } from "./deploy-facts.ts";
import type { PlannedChange } from "./plan-changes.ts";
import type { Step } from "./plan.ts";
import { isWarm } from "./warm-window.ts";

const defaultDrainSeconds = 10;

/** Lets go of everything that is not wanted any more: replaced, removed or left over from a run that died. */
export function planRetirement(
  facts: DeployFacts,
  changes: readonly PlannedChange[],
): readonly Step[] {
  return [
    ...changes
      .filter(({ action }) => action === "remove")
      .map(({ service }) => ({ kind: "remove-route" as const, service })),
    ...listUnwanted(facts, changes).flatMap((id) => planStop(facts, id)),
  ];
}

function listUnwanted(facts: DeployFacts, changes: readonly PlannedChange[]): readonly string[] {
  const wanted = new Set(changes.flatMap(({ target }) => (target === null ? [] : [target.id])));
  return facts.observed.instances
    .map(({ id }) => id)
    .filter((id) => !wanted.has(id) && !isKeptWarm(facts, id))
    .toSorted();
}

/** The version before stays up for a while, so that going back needs no start. */
function isKeptWarm(facts: DeployFacts, id: string): boolean {
  const { policy, state, observed } = facts;
  if (policy.keepWarmMinutes === 0) return false;
  const instance = observed.instances.find((candidate) => candidate.id === id);
  if (instance?.state !== "running") return false;
  const [current, before] = state.earlier[instance.service] ?? [];
  if (current?.instance === id) return true;
  return before?.instance === id && isWarm(facts, current);
}

function planStop({ observed, state }: DeployFacts, id: string): readonly Step[] {
  const instance = observed.instances.find((candidate) => candidate.id === id);
  if (instance === undefined) return [];
  const { service } = instance;
  const seconds = state.services[service]?.release.needs.drainSeconds ?? defaultDrainSeconds;
  const isServing = observed.gateway.some((entry) => entry.instance === id);
  return [
    ...(isServing
      ? [{ kind: "drain" as const, service, instance: id, limitSeconds: seconds }]
      : []),
    { kind: "stop", service, instance: id, graceSeconds: seconds },
  ];
}
