import { Type } from "typebox";
import { Check } from "typebox/value";

const Lock = Type.Object({
  packages: Type.Record(Type.String(), Type.Record(Type.String(), Type.Unknown())),
});

/** Fields that a lockfile repeats from the package.json of a workspace, as npm writes them. */
const repeated = [
  "version",
  "dependencies",
  "devDependencies",
  "optionalDependencies",
  "peerDependencies",
] as const;

export interface WorkspaceManifest {
  /** Relative to the lockfile, with forward slashes. */
  folder: string;
  manifest: Readonly<Record<string, unknown>>;
}

/**
 * The lockfile with the versions and ranges that the workspaces have now; npm would write the same, but needs the
 * network for it. What comes from outside stays as it is. Null when it is no lockfile of npm's.
 */
export function planLockfile(text: string, manifests: readonly WorkspaceManifest[]): string | null {
  const lock: unknown = JSON.parse(text);
  if (!Check(Lock, lock)) return null;
  for (const { folder, manifest } of manifests) {
    const entry = lock.packages[folder];
    if (entry === undefined) continue;
    for (const field of repeated) {
      if (field in entry && field in manifest) entry[field] = manifest[field];
    }
  }
  return `${JSON.stringify(lock, null, 2)}\n`;
}
