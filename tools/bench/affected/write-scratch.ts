import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { execa } from "execa";

import { linkPackages } from "../link-packages.ts";
import { planEdit, planScratch } from "./scratch-files.ts";

export interface Scratch extends AsyncDisposable {
  folder: string;
  /** Commit before any change. */
  base: string;
  /** Puts the branch back to the base and commits this change. */
  commit(change: string): Promise<void>;
}

/** A git repository with this many services; npm packages are this workspace's own. */
export async function writeScratch(services: number): Promise<Scratch> {
  const folder = await mkdtemp(path.join(tmpdir(), `slipway-bench-${services}-`));
  const git = (...args: string[]) => execa("git", [...identity, ...args], { cwd: folder });
  const files = planScratch(services);
  await writeFiles(folder, { ...files, "tools/environments/local.yaml": "name: local\n" });
  await linkPackages(folder);
  await git("init", "--quiet", "--initial-branch=master");
  await git("add", "--all");
  await git("commit", "--quiet", "--message", "Begin");
  const base = (await git("rev-parse", "HEAD")).stdout;
  return {
    folder,
    base,
    commit: async (change) => {
      await git("reset", "--quiet", "--hard", base);
      await writeFiles(folder, planEdit(change, files));
      await git("add", "--all");
      await git("commit", "--quiet", "--message", change);
    },
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}

const identity = ["-c", "user.name=Bench", "-c", "user.email=bench@example.org"];

async function writeFiles(folder: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, content] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
    await writeFile(path.join(folder, name), content);
  }
}
