import { mkdir, symlink } from "node:fs/promises";
import { isBuiltin } from "node:module";
import path from "node:path";

import type { OutputChunk } from "rolldown";

import { hasCode } from "../workspace/has-code.ts";
import type { PackageLock } from "../workspace/package-lock.ts";
import { isOurs, type ClosurePackage } from "../workspace/plan-closure.ts";
import { keepPackages } from "./bundle-service.ts";
import { formatPackageName } from "./bundle.ts";
import { computeDigest } from "./digest.ts";
import type { BundledSource } from "./image-source.ts";
import { identifyPackages, planClosures } from "./read-image-source.ts";
import { listSources, runRolldown } from "./run-rolldown.ts";

/** Code of one service in a snapshot. Packages stay outside, so that nothing need be installed. */
export async function bundleSource(
  snapshot: string,
  lock: PackageLock,
  folder: string,
): Promise<BundledSource> {
  await linkLibraries(snapshot, lock);
  const closure = planClosures(lock, [folder], false);
  const ours = closure.filter(isOurs).map(({ name }) => name);
  const chunks = await runRolldown({
    request: {
      workspace: snapshot,
      folder,
      external: [],
      ours,
      vendorKey: null,
      store: snapshot,
      isFresh: true,
    },
    entry: ["main", path.join(snapshot, folder, "src/main.ts")],
    plugins: [keepPackages(ours)],
  });
  return {
    hash: computeDigest(JSON.stringify(chunks.map(({ fileName, code }) => [fileName, code]))),
    files: listSources(snapshot, chunks),
    packages: identifyPackages(planUsed(lock, closure, chunks)),
  };
}

function planUsed(
  lock: PackageLock,
  closure: readonly ClosurePackage[],
  chunks: readonly OutputChunk[],
): ClosurePackage[] {
  const specifiers = chunks.flatMap(({ imports, dynamicImports }) => [
    ...imports,
    ...dynamicImports,
  ]);
  const names = new Set(specifiers.filter((id) => !isBuiltin(id)).map(formatPackageName));
  // Of two versions of one name both count: which one a library means makes no difference worth a mistake.
  const roots = closure.filter((each) => !isOurs(each) && names.has(each.name));
  return [
    ...roots,
    ...planClosures(
      lock,
      roots.map(({ folder }) => folder),
      false,
    ),
  ];
}

/** What npm would link: our own libraries. */
async function linkLibraries(snapshot: string, lock: PackageLock): Promise<void> {
  const links = Object.entries(lock.packages).filter(([, { link }]) => link === true);
  for (const [at, { resolved = "" }] of links) {
    const link = path.join(snapshot, at);
    await mkdir(path.dirname(link), { recursive: true });
    await symlink(path.join(snapshot, resolved), link).catch((error: unknown) => {
      if (!hasCode(error, "EEXIST")) throw error;
    });
  }
}
