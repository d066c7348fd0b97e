import type { Pair } from "./list-pairs.ts";
import type { RehearsalStep } from "./plan-rehearsal.ts";

/** What changes the environment. */
export type Move = Exclude<RehearsalStep, { kind: "smoke" }>;

/** One real call; `provider` is null when the service only answers for itself. */
export interface RehearsalCheck {
  service: string;
  provider: string | null;
  title: string;
  /** What is wrong, null when nothing is. */
  fault: string | null;
}

export interface RehearsalWork {
  /** Gives what went wrong; null when nothing did. */
  move: (step: Move) => Promise<string | null>;
  smoke: () => Promise<readonly RehearsalCheck[]>;
}

/** `uncalled` pairs faced each other, but no check called across them: nothing is known of them. */
export interface MetPair extends Pair {
  result: "passed" | "failed" | "uncalled";
}

export interface Rehearsal {
  pairs: readonly MetPair[];
  /** The checks that failed, and the step right before them; null when all went well. */
  failure: { after: Move; checks: readonly RehearsalCheck[] } | null;
}

/** Goes through the steps until one can't be done or a check fails. */
export async function runRehearsal(
  steps: readonly RehearsalStep[],
  work: RehearsalWork,
): Promise<Rehearsal> {
  const met = new Map<string, MetPair>();
  let after: Move = { kind: "start" };
  for (const step of steps) {
    if (step.kind !== "smoke") {
      after = step;
      const fault = await work.move(step);
      if (fault !== null)
        return { pairs: [...met.values()], failure: { after, checks: [describe(step, fault)] } };
      continue;
    }
    const checks = await work.smoke();
    for (const pair of step.pairs) notePair(met, judgePair(pair, checks));
    const failed = checks.filter(({ fault }) => fault !== null);
    if (failed.length > 0) return { pairs: [...met.values()], failure: { after, checks: failed } };
  }
  return { pairs: [...met.values()], failure: null };
}

function describe(move: Move, fault: string): RehearsalCheck {
  const service = move.kind === "start" ? "all" : move.service;
  return { service, provider: null, title: move.kind, fault };
}

function judgePair(pair: Pair, checks: readonly RehearsalCheck[]): MetPair {
  const calls = checks.filter(
    ({ service, provider }) => service === pair.consumer && provider === pair.provider,
  );
  if (calls.length === 0) return { ...pair, result: "uncalled" };
  return { ...pair, result: calls.every(({ fault }) => fault === null) ? "passed" : "failed" };
}

/** A pair is met several times, on other schemas: the last result is the one that counts, as a failure ends the run. */
function notePair(met: Map<string, MetPair>, pair: MetPair): void {
  met.set([pair.consumer, pair.consumerAge, pair.provider, pair.providerAge].join(" "), pair);
}
