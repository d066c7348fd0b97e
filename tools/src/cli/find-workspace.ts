import { access } from "node:fs/promises";
import { dirname, join } from "node:path";

import { SlipwayError } from "../errors.ts";

/** The nearest folder, from here upwards, that has `tools/environments`. */
export async function findWorkspace(from: string): Promise<string> {
  for (let folder = from; ; folder = dirname(folder)) {
    if (await isThere(join(folder, "tools", "environments"))) return folder;
    if (dirname(folder) === folder) break;
  }
  throw new SlipwayError(
    "WORKSPACE_MISSING",
    `Neither ${from} nor any folder above it has tools/environments.`,
    { hint: "Change into the workspace's folder and run the command again." },
  );
}

function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
