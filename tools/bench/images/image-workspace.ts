import { appendFile, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { execa } from "execa";

import { linkPackages } from "../link-packages.ts";

const root = path.resolve(import.meta.dirname, "../../..");

export interface ImageWorkspace extends AsyncDisposable {
  folder: string;
  /** Adds one line to a service that its bundle keeps. */
  edit(service: string): Promise<void>;
}

/** This workspace at its last commit, in a folder of its own. */
export async function copyWorkspace(): Promise<ImageWorkspace> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-bench-images-"));
  await execa("git", ["clone", "--quiet", "--local", "--no-tags", root, folder]);
  await linkPackages(folder);
  let edits = 0;
  return {
    folder,
    edit: async (service) => {
      edits += 1;
      const main = path.join(folder, "services", service, "src/main.ts");
      await appendFile(main, `process.env["BENCH_EDIT"] = "${edits}";\n`);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
