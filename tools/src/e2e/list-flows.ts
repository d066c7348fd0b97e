import { readdir } from "node:fs/promises";
import { join } from "node:path";

import { SlipwayError } from "../errors.ts";
import { hasCode } from "../workspace/has-code.ts";

const ending = ".test.ts";

/** The flows that were asked for; all when none was named. */
export async function listFlows(workspace: string, wanted: readonly string[]): Promise<string[]> {
  const files = await readFolder(join(workspace, "tools", "e2e", "flows"));
  const known = files
    .filter((file) => file.endsWith(ending))
    .map((file) => file.slice(0, -ending.length))
    .toSorted();
  const unknown = wanted.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    throw new SlipwayError("FLAGS_INVALID", `There is no flow "${unknown.join('", "')}".`, {
      hint: `There are: ${known.join(", ")}.`,
    });
  }
  return wanted.length === 0 ? known : known.filter((name) => wanted.includes(name));
}

async function readFolder(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return [];
    throw error;
  });
}
