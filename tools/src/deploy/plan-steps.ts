import type { ReleasedService } from "../release/release-set.ts";
import type { ImageReference } from "../runtimes/runtime.ts";
import type { DeployFacts } from "./deploy-facts.ts";
import { findHealthPath } from "./find-health-path.ts";
import { orderWaves } from "./order-waves.ts";
import type { PlannedChange } from "./plan-changes.ts";
import { planRetirement } from "./plan-retirement.ts";
import type { ChangeAction, PlannedInstance, Step } from "./plan.ts";

/** A service that stays or comes, with all that is known about it. */
interface Rollout {
  service: string;
  action: ChangeAction;
  release: ReleasedService;
  target: PlannedInstance;
  isRunning: boolean;
  serving: PlannedInstance | null;
}

/**
 * In this order: prepare everything; migrate before any traffic moves; then wave by wave start, await, shift
 * and look through the front door; record; only then let go of the old. Until the record every step can be undone.
 */
export function planSteps(
  facts: DeployFacts,
  changes: readonly PlannedChange[],
  set: string,
): readonly Step[] {
  const all = changes.flatMap(listRollouts);
  const rollouts = all.filter(({ action }) => action !== "keep");
  const retirement = planRetirement(facts, changes);
  const migrations = (facts.seed ? all : rollouts).flatMap((one) => planMigration(facts, one));
  if (rollouts.length === 0 && !changes.some(({ action }) => action === "remove"))
    return [...migrations, ...retirement];
  return [
    ...planPreparation(facts, rollouts),
    ...migrations,
    ...orderRollouts(rollouts, changes).flatMap((wave) => planWave(facts, wave)),
    ...planSoak(facts, rollouts),
    { kind: "record", set },
    { kind: "announce", set },
    ...retirement,
  ];
}

function listRollouts(change: PlannedChange): readonly Rollout[] {
  const { service, action, release, target, isRunning, serving } = change;
  if (release === null || target === null) return [];
  return [{ service, action, release, target, isRunning, serving }];
}

function planPreparation(facts: DeployFacts, rollouts: readonly Rollout[]): readonly Step[] {
  const names = rollouts
    .flatMap(({ service, release }) =>
      release.needs.secrets.map(({ name }) => `${service}/${name}`),
    )
    .filter((name) => !facts.state.secrets.has(name));
  // Also for a database that exists: after a stop or a reboot its server must be up before anything migrates.
  const databases = rollouts.filter(
    ({ release, isRunning }) => release.needs.needs.database === true && !isRunning,
  );
  return [
    // First, so that a registry that is gone leaves everything as it is.
    ...rollouts
      .filter(({ isRunning }) => !isRunning)
      .map(({ target }) => ({ kind: "prepare-image" as const, image: nameImage(target) })),
    ...(names.length > 0 ? [{ kind: "generate-secrets" as const, names }] : []),
    ...databases.map(({ service }) => ({ kind: "ensure-database" as const, service })),
  ];
}

function planMigration(facts: DeployFacts, { service, release, target }: Rollout): readonly Step[] {
  const { schema, imageKey } = release;
  if (schema === null) return [];
  const image = nameImage(target);
  const isSeeded = facts.state.seeded.has(service) && !facts.seed;
  const isMigrated = facts.state.migrated.has(imageKey) && !facts.seed;
  return [
    ...(isMigrated ? [] : planBackup(facts, service)),
    ...(isMigrated ? [] : [{ kind: "migrate" as const, image, imageKey, schema }]),
    ...(facts.policy.testData && !isSeeded ? [{ kind: "seed" as const, image }] : []),
  ];
}

/** Of what there is: a database that is about to be made has nothing to lose. */
function planBackup({ policy, state }: DeployFacts, service: string): readonly Step[] {
  if (policy.keepBackups === null || !state.databases.has(service)) return [];
  const backup = `before-record-${state.seq + 1}`;
  return [{ kind: "back-up", service, backup, keep: policy.keepBackups }];
}

function orderRollouts(
  rollouts: readonly Rollout[],
  changes: readonly PlannedChange[],
): readonly (readonly Rollout[])[] {
  const needs = Object.fromEntries(
    changes.map(({ service, release }) => [service, release?.needs.needs.services ?? []]),
  );
  return orderWaves(needs).map((wave) => rollouts.filter(({ service }) => wave.includes(service)));
}

/** All of a wave start together, so that they boot at the same time. */
function planWave(facts: DeployFacts, wave: readonly Rollout[]): readonly Step[] {
  return [
    ...wave
      .filter(({ isRunning }) => !isRunning)
      .map(({ target }) => ({ kind: "start" as const, instance: target })),
    ...wave.map(({ target }) => ({
      kind: "await-ready" as const,
      instance: target,
      timeoutSeconds: facts.policy.readinessSeconds,
    })),
    ...wave.flatMap((rollout) => planShift(facts, rollout)),
  ];
}

function planShift(
  { observed }: DeployFacts,
  { service, release, target, serving }: Rollout,
): readonly Step[] {
  const path = findHealthPath(release.needs);
  const { routes } = release.needs;
  const before = observed.gateway.find((entry) => entry.service === service)?.routes ?? null;
  return [
    { kind: "declare-route", service, routes, before },
    { kind: "shift", service, from: serving, to: target },
    ...(path === null ? [] : [{ kind: "probe-front-door" as const, instance: target, path }]),
  ];
}

function planSoak({ policy }: DeployFacts, rollouts: readonly Rollout[]): readonly Step[] {
  if (policy.soakSeconds === 0 || rollouts.length === 0) return [];
  const instances = rollouts.map(({ target }) => target.id);
  return [{ kind: "soak", instances, seconds: policy.soakSeconds }];
}

function nameImage({ service, version, digest }: PlannedInstance): ImageReference {
  return { service, version, digest };
}
