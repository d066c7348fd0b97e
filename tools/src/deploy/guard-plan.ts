import { SlipwayError } from "../errors.ts";
import type { ReleasedService } from "../release/release-set.ts";
import type { Choices } from "./choose-releases.ts";
import type { DeployFacts } from "./deploy-facts.ts";
import type { CurrentService } from "./environment-state.ts";
import { shortDigest, type PlannedChange } from "./plan-changes.ts";
import type { SchemaRange } from "./plan.ts";
import { findWarmEnd, isWarm } from "./warm-window.ts";

/** Refuses a deployment that would leave nothing running. */
export function guardSet({ policy }: DeployFacts, { releases }: Choices): void {
  if (Object.keys(releases).length > 0) return;
  throw new SlipwayError("SET_EMPTY", `The wanted set for ${policy.environment} has no service.`, {
    hint: `Nothing was touched. To end everything: npx nx run tools:stop --env=${policy.environment}`,
  });
}

/** Refuses code that is older than the schema allows. */
export function guardSchemas({ state }: DeployFacts, { releases }: Choices): void {
  for (const [service, { release }] of Object.entries(releases)) {
    const level = state.schemas[service];
    if (level === undefined || release.schema === null || release.schema.max >= level.min) continue;
    throw new SlipwayError(
      "ROLLBACK_UNSAFE",
      `${service}@${release.version} knows migrations up to ${release.schema.max}, but its database was contracted by migration ${level.min}.`,
      { hint: "Nothing was touched. Fix forward: change the service and deploy it." },
    );
  }
}

/** Refuses a contract while something may still run, or come back at once, that does not know it. */
export function guardContracts(facts: DeployFacts, { releases }: Choices): void {
  if (!facts.policy.isStrict || facts.force) return;
  for (const [service, { release }] of Object.entries(releases)) {
    if (!facts.state.migrated.has(release.imageKey)) guardContract(facts, service, release);
  }
}

function guardContract(facts: DeployFacts, service: string, { schema }: ReleasedService): void {
  const [current, before] = facts.state.earlier[service] ?? [];
  if (current === undefined || schema === null) return;
  if (isBelow(current.release, schema)) throw contractTooEarly(service, schema.min, current);
  if (before === undefined || !isBelow(before.release, schema) || !isWarm(facts, current)) return;
  throw contractTooWarm(service, schema.min, findWarmEnd(facts, current));
}

function isBelow({ schema }: ReleasedService, { min }: SchemaRange): boolean {
  return schema !== null && schema.max < min;
}

function contractTooEarly(service: string, migration: number, { release }: CurrentService) {
  return new SlipwayError(
    "CONTRACT_TOO_EARLY",
    `Migration ${migration} of ${service} removes what ${service}@${release.version}, which serves until the swap, still uses: it knows migrations up to ${release.schema?.max}.`,
    {
      hint: "Nothing was touched. First deploy a version that does without it and has all expanding migrations; contract with the next one.",
    },
  );
}

function contractTooWarm(service: string, migration: number, until: string) {
  return new SlipwayError(
    "CONTRACT_TOO_EARLY",
    `Migration ${migration} of ${service} would cut off the version before, which is kept ready to come back until ${until}.`,
    { hint: `Nothing was touched. Deploy again after ${until}.` },
  );
}

/** Refuses when the blocked image is all that was wanted; beside other changes its service just stays pinned. */
export function guardBlocked(
  { state, only, policy }: DeployFacts,
  { blocked }: Choices,
  changes: readonly PlannedChange[],
): void {
  const asked = blocked.find((service) => only.includes(service));
  const hasOthers = changes.some(({ action }) => action !== "keep");
  const service = asked ?? (hasOthers ? undefined : blocked[0]);
  const pin = service === undefined ? undefined : state.pins[service];
  const image = pin?.blocked[0];
  if (pin === undefined || image === undefined) return;
  const why = pin.reason === null ? "" : ` (${pin.reason})`;
  throw new SlipwayError(
    "RELEASE_BLOCKED",
    `${pin.service}@${image.version} ${shortDigest(image.digest)} is blocked since ${pin.actor.name} went back to ${pin.version} ${shortDigest(pin.digest)} on ${pin.since}${why}.`,
    {
      hint: `Nothing was touched. Change ${pin.service} and deploy again, or insist: npx nx run tools:deploy --env=${policy.environment} --force --reason=…`,
    },
  );
}
