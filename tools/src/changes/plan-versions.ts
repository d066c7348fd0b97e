import path from "node:path";

import { assembleReleasePlan } from "@changesets/assemble-release-plan";
import { validateConfig } from "@changesets/config";
import type { PackageJSON, PreState } from "@changesets/types";
import { Type } from "typebox";
import { Check } from "typebox/value";

import type { Project } from "../workspace/read-projects.ts";
import { parseObject } from "./find-config-faults.ts";
import type { GateSide } from "./gate-facts.ts";
import { listNextVersions } from "./list-next-versions.ts";
import { toNewChangeset, type ParsedChangeset } from "./parse-changesets.ts";
import type { NextVersion } from "./verdict.ts";

const Names = Type.Optional(Type.Record(Type.String(), Type.String()));

const Manifest = Type.Object({
  name: Type.String(),
  version: Type.String(),
  private: Type.Optional(Type.Boolean()),
  dependencies: Names,
  devDependencies: Names,
  peerDependencies: Names,
  optionalDependencies: Names,
});

export const versionPattern = /^\d+\.\d+\.\d+(?:-[\w.-]+)?$/u;

/** What changesets makes of these files: by its own planner, sorted by package. Throws what that throws. */
export function planVersions(
  { projects, config }: GateSide,
  changesets: readonly ParsedChangeset[],
  pre?: PreState,
): NextVersion[] {
  const packages = describePackages(projects);
  const checked = validateConfig(parseObject(config ?? "{}") ?? {}, packages);
  if (checked.config === undefined) {
    throw new Error(checked.errors.join("; "));
  }
  const known = new Set(packages.packages.map(({ packageJson }) => packageJson.name));
  const usable = changesets.map((changeset) => ({
    ...changeset,
    releases: changeset.releases.filter(({ name }) => known.has(name)),
  }));
  const plan = assembleReleasePlan(usable.map(toNewChangeset), packages, checked.config, pre);
  return listNextVersions(plan);
}

function describePackages(projects: readonly Project[]) {
  const root = { name: "workspace", version: "0.0.0", private: true };
  const packages = projects.flatMap(({ folder, manifest }) => {
    const packageJson = readManifest(manifest);
    return packageJson === null
      ? []
      : [{ dir: path.posix.join("/", folder), relativeDir: folder, packageJson }];
  });
  return {
    rootDir: "/",
    rootPackage: { dir: "/", relativeDir: ".", packageJson: root },
    tool: { type: "npm" },
    packages,
  };
}

function readManifest(manifest: unknown): PackageJSON | null {
  return Check(Manifest, manifest) && versionPattern.test(manifest.version) ? manifest : null;
}
