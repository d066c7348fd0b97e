import type { DeployFacts } from "./deploy-facts.ts";
import type { CurrentService } from "./environment-state.ts";

const minuteMs = 60_000;

/** When the version before this one need not be kept up any longer. ISO 8601, UTC. */
export function findWarmEnd(
  { policy }: Pick<DeployFacts, "policy">,
  { since }: Pick<CurrentService, "since">,
): string {
  return new Date(Date.parse(since) + policy.keepWarmMinutes * minuteMs).toISOString();
}

/** Whether the version before this one is still kept up. */
export function isWarm(
  facts: Pick<DeployFacts, "policy" | "now">,
  current: Pick<CurrentService, "since"> | undefined,
): boolean {
  return current !== undefined && facts.now < findWarmEnd(facts, current);
}
