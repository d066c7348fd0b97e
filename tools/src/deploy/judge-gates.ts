import type { Environment } from "../config/environment-schema.ts";
import type { EnvironmentState, Freeze, PastVerification } from "./environment-state.ts";
import { isDefinitive } from "./is-definitive.ts";
import type { DeployPlan } from "./plan.ts";

const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

export interface GateFacts {
  plan: Pick<DeployPlan, "kind" | "set"> & { attempt: string };
  /** Of what would run, see `hash-configuration.ts`. */
  content: string;
  configuration: string;
  state: Pick<EnvironmentState, "freeze" | "runs">;
  gate: Environment["gate"];
  freezes: NonNullable<Environment["freezes"]>;
  /** What the gate's environment says; empty when there is no gate. */
  verifications: readonly PastVerification[];
  /** Whether a set that failed is kept out until it changes. */
  blockFailed: boolean;
  now: Date;
}

/** Each gate that is not met, in a sentence. Going back and repairing are never held up. */
export function judgeGates(facts: GateFacts): readonly string[] {
  if (facts.plan.kind !== "deploy") return [];
  return [
    ...judgeFreezes(facts),
    ...judgeFreeze(facts.state.freeze, facts.now),
    ...judgeEarlierFailure(facts),
    ...judgeVerification(facts),
  ];
}

function judgeFreezes({ freezes, now }: GateFacts): readonly string[] {
  return freezes
    .filter(({ from, until }) => Date.parse(from) <= now.getTime() && now < new Date(until))
    .map(({ reason, until }) => `Nothing is deployed until ${until}: ${reason}.`);
}

function judgeFreeze(freeze: Freeze | null, now: Date): readonly string[] {
  if (freeze === null) return [];
  const { until, since, actor, reason } = freeze;
  if (until !== null && new Date(until) <= now) return [];
  const why = reason === null ? "" : `: ${reason}`;
  const end = until === null ? "" : ` until ${until}`;
  return [`${actor.name} has frozen it since ${since}${end}${why}.`];
}

function judgeEarlierFailure({ plan, state, blockFailed }: GateFacts): readonly string[] {
  if (!blockFailed) return [];
  const last = state.runs.findLast(({ attempt, outcome }) => {
    return attempt === plan.attempt && outcome !== "open";
  });
  if (last === undefined || last.outcome === "committed" || !isDefinitive(last.failure)) return [];
  return [`The same set with the same settings failed in run ${last.run}: ${last.message}`];
}

function judgeVerification(facts: GateFacts): readonly string[] {
  const { gate, plan, content, configuration, verifications, now } = facts;
  if (gate === undefined) return [];
  const { verifiedIn: place, withinDays, soakMinutes = 0 } = gate;
  const found = verifications.find((one) => one.content === content);
  if (found === undefined) return [`${plan.set.id} was never verified in ${place} as a whole.`];
  const { at, suites, isPassed, deployedAt } = found;
  if (!isPassed) return [`${place} found it broken on ${at} (${suites.join(", ")}).`];
  const soakedMs = Date.parse(at) - Date.parse(deployedAt);
  return [
    ...(found.configuration === configuration
      ? []
      : [`It was verified in ${place} with other settings than it would get here.`]),
    ...(now.getTime() - Date.parse(at) <= withinDays * dayMs
      ? []
      : [`Its verification in ${place} on ${at} is older than ${withinDays} days.`]),
    ...(soakedMs >= soakMinutes * minuteMs
      ? []
      : [
          `It had run in ${place} for ${Math.floor(soakedMs / minuteMs)} minutes when it was verified, expected ${soakMinutes}.`,
        ]),
  ];
}
