import path from "node:path";

import { shallowHistory } from "./find-base.ts";
import { listDifferences } from "./list-differences.ts";
import { askGit, runGit } from "./run-git.ts";
import type { Scratch } from "./scratch.ts";

export interface Reverted {
  /** The base without the changes that were taken back. */
  tree: string;
  /** Commits that brought these changes, newest first. */
  commits: readonly string[];
}

/** What waits for a release: not what is kept of pre-releases in `.changeset/pre`. */
const pendingChangeset = /^\.changeset\/(?!readme\.md$)[^./][^/]*\.md$/iu;

/**
 * Changes of the base that the branch takes back, each together with the changeset that announced it, so that
 * they were not released. Only what is taken back exactly counts.
 */
export async function findReverted(
  scratch: Scratch,
  base: string,
  head: string,
): Promise<Reverted> {
  const gone = await listGoneChangesets(scratch, base, head);
  const origins = await Promise.all(gone.map((file) => findOrigin(scratch, base, file)));
  let tree = base;
  const commits: string[] = [];
  for (const commit of await sortNewestFirst(scratch, base, origins)) {
    const without = await takeBack(scratch, tree, commit);
    if (without !== null && (await isAsIn(scratch, [without, head], commit))) {
      tree = without;
      commits.push(commit);
    }
  }
  return { tree, commits };
}

async function listGoneChangesets(
  { workspace, env }: Scratch,
  base: string,
  head: string,
): Promise<string[]> {
  const trees = [base, head, "--", ".changeset"];
  const args = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", "--diff-filter=D"];
  const text = await runGit(workspace, [...args, ...trees], { env });
  return text.split("\0").filter((file) => pendingChangeset.test(file));
}

/** The commit of the release branch that brought the file; null when there is nothing before it. */
async function findOrigin(
  { workspace }: Scratch,
  base: string,
  file: string,
): Promise<string | null> {
  const log = ["log", "-1", "--first-parent", "-m", "--no-renames", "--diff-filter=A"];
  const commit = await runGit(workspace, [...log, "--format=%H", base, "--", `:(literal)${file}`]);
  const parent = await askGit(workspace, ["rev-parse", "--verify", "--quiet", `${commit.trim()}^`]);
  if (parent !== null) return commit.trim();
  // Where the history is cut, the oldest commit seems to have brought everything.
  const isShallow = (await askGit(workspace, ["rev-parse", "--is-shallow-repository"])) === "true";
  if (isShallow) throw shallowHistory(file);
  return null;
}

async function sortNewestFirst(
  { workspace }: Scratch,
  base: string,
  commits: readonly (string | null)[],
): Promise<string[]> {
  const wanted = new Set(commits);
  if (wanted.size === 0) return [];
  const all = await runGit(workspace, ["rev-list", "--first-parent", base]);
  return all.split("\n").filter((commit) => wanted.has(commit));
}

/** The tree without what the commit changed; null where later changes stand in the way. */
async function takeBack(
  { workspace, folder, env }: Scratch,
  tree: string,
  commit: string,
): Promise<string | null> {
  const patch = path.join(folder, `${commit}.patch`);
  const withIndex = { env: { ...env, GIT_INDEX_FILE: path.join(folder, "revert.index") } };
  const plain = ["--binary", "--full-index", "--no-renames", "--no-ext-diff", "--no-textconv"];
  const diff = ["diff-tree", "-p", ...plain, `--output=${patch}`, `${commit}^`, commit];
  await runGit(workspace, diff, withIndex);
  await runGit(workspace, ["read-tree", tree], withIndex);
  const apply = ["apply", "--cached", "--reverse", "--whitespace=nowarn", patch];
  if ((await askGit(workspace, apply, withIndex)) === null) return null;
  return (await runGit(workspace, ["write-tree"], withIndex)).trim();
}

/** Whether both trees agree in every file that the commit touched. */
async function isAsIn(
  scratch: Scratch,
  [one, other]: readonly [string, string],
  commit: string,
): Promise<boolean> {
  const [touched, differing] = await Promise.all([
    listDifferences(scratch, `${commit}^`, commit),
    listDifferences(scratch, one, other),
  ]);
  const files = new Set(differing);
  return touched.every((file) => !files.has(file));
}
