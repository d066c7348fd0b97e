import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import type { GateSide } from "../changes/gate-facts.ts";
import { readWantedLock } from "../images/read-image-source.ts";
import { hasCode } from "../workspace/has-code.ts";
import type { PackageLock } from "../workspace/package-lock.ts";
import { readProjects } from "../workspace/read-projects.ts";

/** One of the two snapshots that are compared. */
export interface ChangeSide {
  folder: string;
  lock: PackageLock;
  gate: GateSide;
}

export async function readChangeSide(folder: string): Promise<ChangeSide> {
  const [lock, projects, pending, released, config, pre] = await Promise.all([
    readWantedLock(folder),
    readProjects(folder),
    readChangesets(folder, ".changeset"),
    readChangesets(folder, ".changeset/pre"),
    readText(path.join(folder, ".changeset/config.json")),
    readText(path.join(folder, ".changeset/pre.json")),
  ]);
  const changesets = Object.fromEntries([...pending, ...released]);
  return { folder, lock, gate: { projects, changesets, config, pre } };
}

/** The files that changesets itself reads. */
async function readChangesets(folder: string, parent: string) {
  const names = await readdir(path.join(folder, parent)).catch(() => []);
  const files = names.filter(
    (name) => /^(?!\.).*\.md$/u.test(name) && !/^readme\.md$/iu.test(name),
  );
  return Promise.all(
    files.map(async (name) => {
      const content = await readFile(path.join(folder, parent, name), "utf8");
      return [`${parent}/${name}`, content] as const;
    }),
  );
}

async function readText(file: string): Promise<string | null> {
  return readFile(file, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  });
}
