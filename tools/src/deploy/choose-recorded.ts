import { createReleaseSet } from "../release/create-release-set.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import type { EnvironmentState } from "./environment-state.ts";

/** The set that the ledger says should run. */
export function chooseRecorded(state: EnvironmentState): ReleaseSet {
  const services = Object.entries(state.services).map(([name, { release }]) => [name, release]);
  return createReleaseSet(findCommit(state), Object.fromEntries(services));
}

/** Commit of the last run that counts. */
export function findCommit({ runs }: EnvironmentState): string {
  return runs.findLast(({ outcome }) => outcome === "committed")?.commit ?? "unknown";
}
