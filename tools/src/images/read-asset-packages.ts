import path from "node:path";

import { Type } from "typebox";

import type { PackageLock } from "../workspace/package-lock.ts";
import { readJsonFile } from "../workspace/read-json-file.ts";

/** Where Vite lists what it bundled, below the assets: `build: { license: { fileName: ".vite/license.json" } }`. */
const listFile = ".vite/license.json";

const Licenses = Type.Array(Type.Object({ name: Type.String(), version: Type.String() }));

/** Folders of the packages whose code is in the assets, as the lock names them; none where the build lists none. */
export async function readAssetPackages(folder: string, lock: PackageLock): Promise<string[]> {
  const bundled = (await readJsonFile(Licenses, path.join(folder, listFile))) ?? [];
  const wanted = new Set(bundled.map(({ name, version }) => `${name}@${version}`));
  return Object.entries(lock.packages)
    .filter(([at, { version = "" }]) =>
      wanted.has(`${at.replace(/^.*node_modules\//u, "")}@${version}`),
    )
    .map(([at]) => at)
    .toSorted();
}

/** Lists of the build are not served. */
export function isBuildList(name: string): boolean {
  return name === ".vite";
}
