import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

import { hasCode } from "../workspace/has-code.ts";
import type { MigrationText } from "./lint-migration.ts";

/** Every migration of these services, in order. */
export async function readMigrations(
  workspace: string,
  services: readonly string[],
): Promise<MigrationText[]> {
  const lists = await Promise.all(
    services.map(async (service) => {
      const folder = `services/${service}/migrations`;
      const names = await listFolder(path.join(workspace, folder));
      const files = names.filter((name) => name.endsWith(".sql")).toSorted();
      return Promise.all(
        files.map(async (name) => ({
          file: `${folder}/${name}`,
          text: await readFile(path.join(workspace, folder, name), "utf8"),
        })),
      );
    }),
  );
  return lists.flat();
}

async function listFolder(folder: string): Promise<string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
}
