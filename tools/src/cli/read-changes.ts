import path from "node:path";

import { explainImage, isSameSource, type Explanation } from "../changes/explain-image.ts";
import type { GateFacts } from "../changes/gate-facts.ts";
import type { AffectedService, Reason } from "../changes/verdict.ts";
import { withWorkingTree, type Snapshots } from "../git/with-working-tree.ts";
import { bundleSource } from "../images/bundle-source.ts";
import { readImageSettings } from "../images/image-settings.ts";
import type { BundledSource, ImageSource } from "../images/image-source.ts";
import { readAssets, readImageSource } from "../images/read-image-source.ts";
import { findLibraryPath, findPackageUser } from "../workspace/find-library-path.ts";
import type { PackageLock } from "../workspace/package-lock.ts";
import type { Project } from "../workspace/read-projects.ts";
import { readChangeSide, type ChangeSide } from "./read-change-side.ts";

/** Everything the gate judges by: both sides, and which images differ. */
export async function readChanges(workspace: string, baseCommit: string): Promise<GateFacts> {
  return withWorkingTree(workspace, async (workingTree) =>
    readFacts(await workingTree.compareWith(baseCommit), baseCommit),
  );
}

export async function readFacts(snapshots: Snapshots, baseCommit: string): Promise<GateFacts> {
  const { base, head, changed, reverted } = snapshots;
  const [before, now] = await Promise.all([readChangeSide(base), readChangeSide(head)]);
  return {
    baseCommit,
    reverted,
    base: before.gate,
    head: now.gate,
    affected: await findAffected(before, now),
    changed,
    unaffected: (await readImageSettings(head)).unaffected,
  };
}

async function findAffected(before: ChangeSide, now: ChangeSide): Promise<AffectedService[]> {
  const services = now.gate.projects.filter(({ kind }) => kind === "service");
  const results = await Promise.all(
    services.map(async (service) => ({
      service: path.posix.basename(service.folder),
      packageName: service.name,
      reasons: await findReasons(before, now, service),
    })),
  );
  return results.filter(({ reasons }) => reasons.length > 0);
}

async function findReasons(
  before: ChangeSide,
  now: ChangeSide,
  service: Project,
): Promise<Reason[]> {
  const name = path.posix.basename(service.folder);
  const earlier = before.gate.projects.find(
    ({ folder, kind }) => folder === service.folder && kind === "service",
  );
  if (earlier === undefined) return [{ chain: [service.folder, name], what: "a new service" }];
  const [old, current] = await Promise.all([
    readImageSource(before.folder, before.lock, earlier),
    readImageSource(now.folder, now.lock, service),
  ]);
  if (isSameSource(old, current)) return [];
  const [oldCode, currentCode] = await bundleBoth(before, now, service);
  return explainImage(
    describe(old, oldCode),
    describe(current, currentCode),
    planExplanation(now.lock, name, service.folder),
  );
}

function describe(source: ImageSource, bundled: BundledSource | null) {
  return { source, bundled };
}

type Both = readonly [BundledSource | null, BundledSource | null];

/** Assets and Dockerfiles make more of the files than code, so there the files themselves are compared. */
async function bundleBoth(before: ChangeSide, now: ChangeSide, service: Project): Promise<Both> {
  const { folder, manifest } = service;
  const isBundle = readAssets(manifest) === null && !isDockerfile(manifest);
  if (!isBundle) return [null, null];
  // Code that can't be bundled is no reason to guess: then any changed file counts.
  return Promise.all([
    bundleSource(before.folder, before.lock, folder).catch(() => null),
    bundleSource(now.folder, now.lock, folder).catch(() => null),
  ]);
}

function isDockerfile(manifest: Project["manifest"]): boolean {
  return /"mode":"dockerfile"/u.test(JSON.stringify(manifest["service"]));
}

function planExplanation(lock: PackageLock, service: string, folder: string): Explanation {
  return {
    service,
    folder,
    findPath: (library) => findLibraryPath(lock, folder, library),
    findUser: (packageFolder) => findPackageUser(lock, folder, packageFolder),
  };
}
