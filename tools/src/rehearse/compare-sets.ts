import type { Needs } from "../deploy/order-waves.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import type { RehearsalFacts } from "./rehearsal-facts.ts";

/** Numbers of the migrations that the candidate brings to a service's database. */
export type Migrations = Readonly<Record<string, { from: number; to: number }>>;

/** What a rehearsal from one set to the other must go through. */
export function compareSets(old: ReleaseSet, candidate: ReleaseSet): RehearsalFacts {
  const names = [...new Set([...Object.keys(old.services), ...Object.keys(candidate.services)])];
  const changed = names
    .filter((name) => old.services[name]?.imageKey !== candidate.services[name]?.imageKey)
    .toSorted();
  const migrating = Object.keys(listMigrations(old, candidate));
  return { old: listNeeds(old), candidate: listNeeds(candidate), changed, migrating };
}

/** A new service has none: nothing could stand on its schema yet. */
export function listMigrations(old: ReleaseSet, candidate: ReleaseSet): Migrations {
  const entries = Object.entries(candidate.services).flatMap(([name, { schema }]) => {
    const before = old.services[name]?.schema ?? null;
    return schema === null || before === null || schema.max <= before.max
      ? []
      : [[name, { from: before.max + 1, to: schema.max }] as const];
  });
  return Object.fromEntries(entries);
}

function listNeeds({ services }: ReleaseSet): Needs {
  return Object.fromEntries(
    Object.entries(services).map(([name, { needs }]) => [name, needs.needs.services]),
  );
}
