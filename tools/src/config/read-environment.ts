import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

import { SlipwayError } from "../errors.ts";
import type { Environment } from "./environment-schema.ts";
import { parseEnvironment } from "./parse-environment.ts";

const folder = "tools/environments";

/** Reads and checks `tools/environments/<name>.yaml`. Throws ENVIRONMENT_UNKNOWN, CONFIG_INVALID. */
export async function readEnvironment(workspace: string, name: string): Promise<Environment> {
  const known = await listEnvironments(workspace);
  if (!known.includes(name)) {
    throw new SlipwayError("ENVIRONMENT_UNKNOWN", `There is no environment "${name}".`, {
      hint: `${folder} has: ${known.join(", ") || "none"}.`,
    });
  }
  const file = `${folder}/${name}.yaml`;
  return parseEnvironment(await readFile(join(workspace, file), "utf8"), { file, name });
}

async function listEnvironments(workspace: string): Promise<readonly string[]> {
  const files = await readdir(join(workspace, folder));
  return files
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .toSorted();
}
