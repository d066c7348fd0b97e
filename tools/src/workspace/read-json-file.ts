import { readFile } from "node:fs/promises";

import type { Static, TSchema } from "typebox";
import { Check } from "typebox/value";

import { hasCode } from "./has-code.ts";

/** Content of a JSON file of known shape; null when it is missing, torn or of another shape. */
export async function readJsonFile<T extends TSchema>(
  schema: T,
  file: string,
): Promise<Static<T> | null> {
  const text = await readFile(file, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) {
      return "";
    }
    throw error;
  });
  const value = parseJson(text);
  return Check(schema, value) ? value : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
