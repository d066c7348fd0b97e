import { copyFile, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { hasCode } from "../workspace/has-code.ts";
import { runGit } from "./run-git.ts";

export interface Snapshots {
  /** Folder with the files of the base commit. */
  base: string;
  /** Folder with the working tree as it would be committed: without what git ignores. */
  head: string;
  /** Paths that differ between the two, sorted. */
  changed: readonly string[];
}

/**
 * Both sides as folders, for as long as `work` runs. Index and objects lie in a temporary folder too, so that
 * nothing is written to the repository and a kill leaves no worktree behind.
 */
export async function withSnapshots<T>(
  workspace: string,
  base: string,
  work: (snapshots: Snapshots) => Promise<T>,
): Promise<T> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "slipway-changes-")));
  try {
    const env = await planEnv(workspace, folder);
    const head = await writeTree(workspace, folder, env);
    const [baseFolder, headFolder, changed] = await Promise.all([
      checkOut(workspace, { tree: base, folder: path.join(folder, "base"), env }),
      checkOut(workspace, { tree: head, folder: path.join(folder, "head"), env }),
      listChanged(workspace, [base, head], env),
    ]);
    return await work({ base: baseFolder, head: headFolder, changed });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

type Env = Readonly<Record<string, string>>;

async function planEnv(workspace: string, folder: string): Promise<Env> {
  const objects = await runGit(workspace, ["rev-parse", "--git-path", "objects"]);
  await mkdir(path.join(folder, "objects"));
  return {
    GIT_OBJECT_DIRECTORY: path.join(folder, "objects"),
    GIT_ALTERNATE_OBJECT_DIRECTORIES: path.resolve(workspace, objects.trim()),
  };
}

async function writeTree(workspace: string, folder: string, env: Env): Promise<string> {
  const index = path.join(folder, "index");
  const current = await runGit(workspace, ["rev-parse", "--git-path", "index"]);
  // A copy knows which files git has seen unchanged, so that only the others are read.
  await copyFile(path.resolve(workspace, current.trim()), index).catch((error: unknown) => {
    if (!hasCode(error, "ENOENT")) throw error;
  });
  const withIndex = { env: { ...env, GIT_INDEX_FILE: index } };
  await runGit(workspace, ["add", "--all", "--", "."], withIndex);
  return (await runGit(workspace, ["write-tree"], withIndex)).trim();
}

interface CheckOut {
  tree: string;
  folder: string;
  env: Env;
}

async function checkOut(workspace: string, { tree, folder, env }: CheckOut): Promise<string> {
  await mkdir(folder);
  const withIndex = { env: { ...env, GIT_INDEX_FILE: `${folder}.index` } };
  await runGit(workspace, ["read-tree", tree], withIndex);
  await runGit(workspace, ["checkout-index", "--all", "--force", `--prefix=${folder}/`], withIndex);
  return folder;
}

async function listChanged(
  workspace: string,
  [base = "", head = ""]: readonly string[],
  env: Env,
): Promise<readonly string[]> {
  const args = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", base, head];
  const text = await runGit(workspace, args, { env });
  return text
    .split("\0")
    .filter((name) => name !== "")
    .toSorted();
}
