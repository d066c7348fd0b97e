import { SlipwayError } from "../errors.ts";
import { askGit } from "./run-git.ts";

/** Set once per clone by `tools/setup/prepare.mjs`. */
const releaseBranch = "refs/slipway/release-branch";

/** The commit where this branch left the release branch, or the one named by `reference`. */
export async function findBase(workspace: string, reference = releaseBranch): Promise<string> {
  const base = await askGit(workspace, [
    "rev-parse",
    "--verify",
    "--quiet",
    "--end-of-options",
    `${reference}^{commit}`,
  ]);
  const isShallow = (await askGit(workspace, ["rev-parse", "--is-shallow-repository"])) === "true";
  if (base === null) {
    throw isShallow ? shallowBase(reference) : unknown(reference);
  }
  // What is there of a cut history proves that one commit descends from the other, never that it does not.
  if (await isAncestor(workspace, base, "HEAD")) {
    return base;
  }
  if (isShallow) {
    throw shallowBase(reference);
  }
  const common = await askGit(workspace, ["merge-base", base, "HEAD"]);
  if (common === null) {
    throw unknown(reference);
  }
  return common;
}

async function isAncestor(workspace: string, base: string, head: string): Promise<boolean> {
  return (await askGit(workspace, ["merge-base", "--is-ancestor", base, head])) !== null;
}

function shallowBase(reference: string): SlipwayError {
  return shallow(`where the branch left ${reference}`);
}

/** The branch deletes a changeset, and the commit that brought it is cut off. */
export function shallowHistory(file: string): SlipwayError {
  return shallow(`which change brought ${file}, and whether this branch takes it back,`);
}

function shallow(what: string): SlipwayError {
  return new SlipwayError(
    "HISTORY_SHALLOW",
    `The history of this clone is cut, so ${what} can't be known.`,
    {
      hint: "Fetch all of it: git fetch --unshallow (in a workflow: fetch-depth: 0). Then run this again.",
    },
  );
}

function unknown(reference: string): SlipwayError {
  return new SlipwayError(
    "BASE_UNKNOWN",
    `${reference} is no commit that this branch has a commit in common with.`,
    {
      hint: "Name the release branch: --base=origin/master. Without --base `npm ci` finds it once per clone.",
    },
  );
}
