import { readFile } from "node:fs/promises";
import path from "node:path";

import { PackageLock } from "../workspace/package-lock.ts";
import {
  isOurs,
  planClosure,
  type ClosurePackage,
  type Platform,
} from "../workspace/plan-closure.ts";
import { readJsonFile } from "../workspace/read-json-file.ts";
import type { Project } from "../workspace/read-projects.ts";
import { readImageSettings, type ImageSettings } from "./image-settings.ts";
import type { ImageSource } from "./image-source.ts";
import { readFileInputs } from "./read-file-inputs.ts";

/** Both platforms of a release, so that the answer does not depend on the machine that asks. */
const platforms: readonly Platform[] = [
  { os: "linux", cpu: "x64", libc: "glibc" },
  { os: "linux", cpu: "arm64", libc: "glibc" },
];

const builderFile = "tools/src/images/format-image.ts";

/** The lock of a snapshot; an empty one when there is none. */
export async function readWantedLock(snapshot: string): Promise<PackageLock> {
  const lock = await readJsonFile(PackageLock, path.join(snapshot, "package-lock.json"));
  return lock ?? { packages: {} };
}

export async function readImageSource(
  snapshot: string,
  lock: PackageLock,
  { folder, manifest }: Project,
): Promise<ImageSource> {
  const assets = readAssets(manifest);
  const closure = planClosures(lock, [folder], assets !== null);
  const libraries = closure.filter(isOurs).map((each) => each.folder);
  const files = await readFileInputs({
    workspace: snapshot,
    folders: [folder, ...libraries],
    except: assets === null ? [] : [`${folder}/${assets}`],
    known: {},
  });
  return {
    files: Object.fromEntries(Object.entries(files).map(([file, { hash }]) => [file, hash])),
    packages: identifyPackages(closure),
    settings: {
      ...(await readSharedSettings(snapshot, lock)),
      name: JSON.stringify(manifest["name"]),
      description: JSON.stringify(manifest["description"] ?? ""),
      service: JSON.stringify(manifest["service"] ?? null),
    },
    libraries,
  };
}

/** What the folders need on any platform of a release. */
export function planClosures(
  lock: PackageLock,
  from: readonly string[],
  withDev: boolean,
): ClosurePackage[] {
  const all = platforms.flatMap((platform) => planClosure({ lock, from, platform, withDev }));
  return [...new Map(all.map((each) => [each.folder, each])).values()];
}

export function identifyPackages(closure: readonly ClosurePackage[]): Record<string, string> {
  return Object.fromEntries(
    closure
      .filter((each) => !isOurs(each))
      .map(({ folder, locked }) => [folder, `${locked.version ?? ""} ${locked.integrity ?? ""}`]),
  );
}

/** Null when all of the image is bundled code. */
export function readAssets(manifest: Project["manifest"]): string | null {
  const service = manifest["service"];
  if (typeof service !== "object" || service === null || !("assets" in service)) return null;
  return String(service.assets);
}

/** The builder of that snapshot, not the one that runs: a branch may change it. */
async function readSharedSettings(
  snapshot: string,
  lock: PackageLock,
): Promise<Record<string, string>> {
  const builder = await readFile(path.join(snapshot, builderFile), "utf8").catch(() => "");
  const nodeVersion = lock.packages["node_modules/node"]?.version ?? "";
  return {
    base: formatBases(await readImageSettings(snapshot)),
    builder: /builderVersion = (\d+)/u.exec(builder)?.[1] ?? "none",
    bundler: lock.packages["node_modules/rolldown"]?.version ?? "none",
    node: nodeVersion.split(".")[0] ?? "",
  };
}

function formatBases({ base, releaseBase }: ImageSettings): string {
  return releaseBase === undefined ? base : `${base}, released on ${releaseBase}`;
}
