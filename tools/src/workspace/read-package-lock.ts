import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { PackageLock } from "./package-lock.ts";
import { isOurs, type ClosurePackage } from "./plan-closure.ts";
import { readJsonFile } from "./read-json-file.ts";

/** What should be installed, and what npm wrote down when it installed. */
export interface PackageLocks {
  wanted: PackageLock;
  installed: PackageLock;
}

export async function readPackageLocks(workspace: string): Promise<PackageLocks> {
  const [wanted, installed] = await Promise.all([
    readJsonFile(PackageLock, path.join(workspace, "package-lock.json")),
    readJsonFile(PackageLock, path.join(workspace, "node_modules/.package-lock.json")),
  ]);
  if (wanted === null) {
    throw stale("package-lock.json is missing or not readable.");
  }
  return { wanted, installed: installed ?? { packages: {} } };
}

/** Versions of packages as the lock has them for everybody; throws DEPENDENCIES_STALE when one is missing. */
export async function readPackageVersions(
  workspace: string,
  names: readonly string[],
): Promise<Record<string, string>> {
  const { wanted } = await readPackageLocks(workspace);
  const versions = names.map((name) => [name, wanted.packages[`node_modules/${name}`]?.version]);
  const missing = versions.find(([, version]) => version === undefined);
  if (missing !== undefined) {
    throw stale(`package-lock.json has no node_modules/${missing[0]}, which a service needs.`);
  }
  return Object.fromEntries(versions);
}

/** Refuses to build from packages that differ from the lock: the image would not be what the commit says. */
export function requireInstalled(closure: readonly ClosurePackage[], installed: PackageLock): void {
  const differing = closure.find(
    (each) => !isOurs(each) && installed.packages[each.folder]?.version !== each.locked.version,
  );
  if (differing !== undefined) {
    const found = installed.packages[differing.folder]?.version ?? "nothing";
    throw stale(
      `${differing.folder} holds ${found}; package-lock.json wants ${differing.locked.version ?? "another"}.`,
    );
  }
}

function stale(message: string): SlipwayError {
  return new SlipwayError("DEPENDENCIES_STALE", message, {
    hint: "Install what the lock says: npm ci",
  });
}
