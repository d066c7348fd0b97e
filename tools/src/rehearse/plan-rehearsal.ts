import { orderWaves } from "../deploy/order-waves.ts";
import { listPairs, type Pair } from "./list-pairs.ts";
import type { RehearsalFacts } from "./rehearsal-facts.ts";

/** `smoke` names the pairs of consumer and provider that face each other while it runs. */
export type RehearsalStep =
  | { kind: "start" }
  | { kind: "migrate" | "advance" | "return"; service: string }
  | { kind: "smoke"; pairs: readonly Pair[] };

/**
 * Starts the old set, migrates under it, brings in the candidate one service at a time, providers first, and takes it
 * back in reverse. Smoke follows every step, so that the step before a fault is its cause.
 */
export function planRehearsal(facts: RehearsalFacts): readonly RehearsalStep[] {
  const order = orderChanged(facts);
  const oldState = planSmoke(facts, []);
  const migrations = order
    .filter((service) => facts.migrating.includes(service))
    .flatMap((service): RehearsalStep[] => [{ kind: "migrate", service }, oldState]);
  const out = order.flatMap((service, index): RehearsalStep[] => [
    { kind: "advance", service },
    planSmoke(facts, order.slice(0, index + 1)),
  ]);
  const back = order
    .map((service, index): RehearsalStep[] => [
      { kind: "return", service },
      planSmoke(facts, order.slice(0, index)),
    ])
    .toReversed()
    .flat();
  return [{ kind: "start" }, oldState, ...migrations, ...out, ...back];
}

/** What goes away has no place among the candidate's waves: it goes last, when nothing new calls it. */
function orderChanged({ candidate, changed }: RehearsalFacts): readonly string[] {
  const order = orderWaves(candidate).flat();
  const removed = changed.filter((name) => !order.includes(name)).toSorted();
  return [...order.filter((name) => changed.includes(name)), ...removed];
}

function planSmoke(facts: RehearsalFacts, advanced: readonly string[]): RehearsalStep {
  return { kind: "smoke", pairs: listPairs(facts, advanced) };
}
