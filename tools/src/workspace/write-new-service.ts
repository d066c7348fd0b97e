import { randomBytes } from "node:crypto";
import { mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { SlipwayError } from "../errors.ts";
import { hasCode } from "./has-code.ts";

/** Writes the folder of a service whole or not at all. Throws SERVICE_EXISTS when the name is taken. */
export async function writeNewService(
  workspace: string,
  name: string,
  files: Readonly<Record<string, string>>,
): Promise<void> {
  await requireFree(workspace, name);
  // Built where git and Slipway do not look, on the same disk, and moved at once.
  const draft = path.join(workspace, "dist", `new-service-${randomBytes(4).toString("hex")}`);
  try {
    for (const [file, content] of Object.entries(files)) {
      const target = path.join(draft, file);
      await mkdir(path.dirname(target), { recursive: true });
      await writeFile(target, content);
    }
    await rename(draft, path.join(workspace, "services", name));
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    // Somebody else was faster.
    throw hasCode(error, "ENOTEMPTY") || hasCode(error, "ENOTDIR")
      ? asTaken(`services/${name}`)
      : error;
  }
}

/** Services and libraries share the npm scope and the names of Nx. */
async function requireFree(workspace: string, name: string): Promise<void> {
  for (const folder of ["services", "libs"]) {
    const names = await readdir(path.join(workspace, folder));
    if (names.includes(name)) throw asTaken(`${folder}/${name}`);
  }
}

function asTaken(folder: string): SlipwayError {
  return new SlipwayError("SERVICE_EXISTS", `There is ${folder} already.`, {
    hint: "Nothing was written. Choose another name, or remove that folder first.",
  });
}
