import { runGit } from "./run-git.ts";
import type { Scratch } from "./scratch.ts";

/** Paths that two trees or commits do not have alike, sorted. */
export async function listDifferences(
  { workspace, env }: Scratch,
  one: string,
  other: string,
): Promise<readonly string[]> {
  const args = ["diff-tree", "-r", "-z", "--no-renames", "--name-only", one, other];
  const text = await runGit(workspace, args, { env });
  return text
    .split("\0")
    .filter((name) => name !== "")
    .toSorted();
}
