import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { explainImage, isSameSource, type Explanation } from "../changes/explain-image.ts";
import type { GateFacts, GateSide } from "../changes/gate-facts.ts";
import type { AffectedService, Reason } from "../changes/verdict.ts";
import { withSnapshots } from "../git/with-snapshots.ts";
import { bundleSource } from "../images/bundle-source.ts";
import { readImageSettings } from "../images/image-settings.ts";
import type { BundledSource, ImageSource } from "../images/image-source.ts";
import { readAssets, readImageSource, readWantedLock } from "../images/read-image-source.ts";
import { findLibraryPath, findPackageUser } from "../workspace/find-library-path.ts";
import type { PackageLock } from "../workspace/package-lock.ts";
import { readProjects, type Project } from "../workspace/read-projects.ts";

/** Everything the gate judges by: both sides, and which images differ. */
export async function readChanges(workspace: string, baseCommit: string): Promise<GateFacts> {
  return withSnapshots(workspace, baseCommit, async ({ base, head, changed }) => {
    const [before, now] = await Promise.all([readSide(base), readSide(head)]);
    return {
      baseCommit,
      base: before.gate,
      head: now.gate,
      affected: await findAffected(before, now),
      changed,
      unaffected: (await readImageSettings(head)).unaffected,
    };
  });
}

interface Side {
  folder: string;
  lock: PackageLock;
  gate: GateSide;
}

async function readSide(folder: string): Promise<Side> {
  const [lock, projects, changesets, config] = await Promise.all([
    readWantedLock(folder),
    readProjects(folder),
    readChangesets(folder),
    readFile(path.join(folder, ".changeset/config.json"), "utf8").catch(() => null),
  ]);
  return { folder, lock, gate: { projects, changesets, config } };
}

/** The files that changesets itself reads. */
async function readChangesets(folder: string): Promise<Record<string, string>> {
  const names = await readdir(path.join(folder, ".changeset")).catch(() => []);
  const files = names.filter(
    (name) => /^(?!\.).*\.md$/u.test(name) && !/^readme\.md$/iu.test(name),
  );
  const entries = await Promise.all(
    files.map(async (name) => {
      const content = await readFile(path.join(folder, ".changeset", name), "utf8");
      return [`.changeset/${name}`, content] as const;
    }),
  );
  return Object.fromEntries(entries);
}

async function findAffected(before: Side, now: Side): Promise<AffectedService[]> {
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

async function findReasons(before: Side, now: Side, service: Project): Promise<Reason[]> {
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
async function bundleBoth(before: Side, now: Side, service: Project): Promise<Both> {
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
