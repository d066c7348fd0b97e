import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import process from "node:process";

import { computeDigest } from "../images/digest.ts";
import { hasCode } from "../workspace/has-code.ts";

const toolFolder = path.resolve(import.meta.dirname, "../..");

/** All that an answer depends on beside the trees it is about: this code, its packages, and Node. */
export async function identifyTool(workspace: string): Promise<string> {
  const lock = path.join(toolFolder, "../node_modules/.package-lock.json");
  const packages = await readFile(lock, "utf8").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return "";
    throw error;
  });
  // The tree of a workspace holds the tool that belongs to it.
  const isOfWorkspace = path.dirname(toolFolder) === workspace;
  const code = isOfWorkspace ? "" : await readCode(path.join(toolFolder, "src"));
  return computeDigest(JSON.stringify([process.version, packages, code]));
}

async function readCode(folder: string): Promise<string> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.join(entry.parentPath, entry.name))
    .toSorted();
  const texts = await Promise.all(files.map((file) => readFile(file, "utf8")));
  return texts.join("\0");
}
