import type { Packages, ReleasePlan } from "@changesets/types";

/** A change that made a version of a package necessary, written for that package or for one it uses. */
export interface Cause {
  packageName: string;
  version: string;
  /** First line of the changeset. */
  summary: string;
}

/** For each package that gets a version the changes behind it, through as many libraries as it takes. */
export function planCauses(
  { releases, changesets }: ReleasePlan,
  { packages }: Packages,
): Record<string, Cause[]> {
  const versions = new Map(
    releases.flatMap(({ name, type, newVersion }) =>
      type === "none" || newVersion === undefined ? [] : [[name, newVersion] as const],
    ),
  );
  const uses = new Map(
    packages.map(({ packageJson }) => [
      packageJson.name,
      Object.keys({ ...packageJson.dependencies, ...packageJson.peerDependencies }),
    ]),
  );

  function listOwn(packageName: string): Cause[] {
    const version = versions.get(packageName) ?? "";
    return changesets
      .filter(({ releases: named }) =>
        named.some(({ name, type }) => name === packageName && type !== "none"),
      )
      .map(({ summary }) => ({
        packageName,
        version,
        summary: summary.trim().split("\n")[0] ?? "",
      }));
  }

  function listReached(packageName: string, seen: Set<string>): string[] {
    if (seen.has(packageName) || !versions.has(packageName)) return [];
    seen.add(packageName);
    const below = (uses.get(packageName) ?? []).toSorted();
    return [packageName, ...below.flatMap((name) => listReached(name, seen))];
  }

  return Object.fromEntries(
    [...versions.keys()].map((name) => [name, listReached(name, new Set()).flatMap(listOwn)]),
  );
}
