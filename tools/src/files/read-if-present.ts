import { readFile } from "node:fs/promises";

import { hasCode } from "../workspace/has-code.ts";

/** Null when there is no such file. A file that can't be read is an error: taken as missing, it would be replaced. */
export async function readIfPresent(file: string): Promise<string | null> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw error;
  }
}
