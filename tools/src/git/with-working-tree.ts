import { copyFile, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { hasCode } from "../workspace/has-code.ts";
import { findReverted } from "./find-reverted.ts";
import { listDifferences } from "./list-differences.ts";
import { runGit } from "./run-git.ts";
import type { Scratch } from "./scratch.ts";

export interface WorkingTree {
  /** Name of the tree that would be committed now: the working tree without what git ignores. */
  tree: string;
  compareWith(base: string): Promise<Snapshots>;
}

export interface Snapshots {
  /** Folder with the files of the base commit, without the changes that the branch takes back. */
  base: string;
  /** Folder with the files of the working tree. */
  head: string;
  /** Paths that differ between the two, sorted. */
  changed: readonly string[];
  /** Commits of the base whose changeset and change the branch takes back, newest first. */
  reverted: readonly string[];
}

/**
 * The working tree as git would commit it, for as long as `work` runs. Index, objects and folders are temporary,
 * so that nothing is written to the repository and a kill leaves no worktree behind.
 */
export async function withWorkingTree<T>(
  workspace: string,
  work: (workingTree: WorkingTree) => Promise<T>,
): Promise<T> {
  const folder = await realpath(await mkdtemp(path.join(tmpdir(), "slipway-changes-")));
  try {
    const scratch = await planScratch(workspace, folder);
    const tree = await writeTree(scratch);
    return await work({ tree, compareWith: (base) => compare(scratch, base, tree) });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function planScratch(workspace: string, folder: string): Promise<Scratch> {
  const objects = await runGit(workspace, ["rev-parse", "--git-path", "objects"]);
  await mkdir(path.join(folder, "objects"));
  return {
    workspace,
    folder,
    env: {
      GIT_OBJECT_DIRECTORY: path.join(folder, "objects"),
      GIT_ALTERNATE_OBJECT_DIRECTORIES: path.resolve(workspace, objects.trim()),
    },
  };
}

async function writeTree({ workspace, folder, env }: Scratch): Promise<string> {
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

async function compare(scratch: Scratch, base: string, head: string): Promise<Snapshots> {
  const { tree, commits } = await findReverted(scratch, base, head);
  const [baseFolder, headFolder, changed] = await Promise.all([
    checkOut(scratch, tree, "base"),
    checkOut(scratch, head, "head"),
    listDifferences(scratch, tree, head),
  ]);
  return { base: baseFolder, head: headFolder, changed, reverted: commits };
}

async function checkOut(
  { workspace, folder, env }: Scratch,
  tree: string,
  name: string,
): Promise<string> {
  const target = path.join(folder, name);
  await mkdir(target);
  const withIndex = { env: { ...env, GIT_INDEX_FILE: `${target}.index` } };
  await runGit(workspace, ["read-tree", tree], withIndex);
  await runGit(workspace, ["checkout-index", "--all", "--force", `--prefix=${target}/`], withIndex);
  return target;
}
