import { SlipwayError } from "../errors.ts";
import type { CheckoutState, RemoteState } from "./release-facts.ts";
import type { ReleasePorts, ReleaseWish } from "./release-ports.ts";

const shownFiles = 10;

interface Finding {
  wish: ReleaseWish;
  found: CheckoutState;
  remote: RemoteState;
}

/** The checkout as it may be released: all of the branch, nothing else. Catches up with versions that a release has pushed. */
export async function verifyCheckout(
  { wish, found, remote }: Finding,
  ports: ReleasePorts,
): Promise<CheckoutState> {
  verifyTree(found);
  verifyBranch(found, wish);
  if (remote.head === null) throw branchUnknown(wish.branch);
  if (remote.head === found.commit) return found;
  if (await ports.checkout.contains(remote.head)) throw ahead(found, remote.head);
  if (!wish.mayChange || !(await ports.checkout.isBehindByVersionsOnly(remote.head))) {
    throw behind(found, remote.head);
  }
  ports.report({
    type: "note",
    text: `Caught up with ${remote.head.slice(0, 12)}, the versions that a release has written.`,
  });
  await ports.checkout.catchUp(remote.head);
  return ports.checkout.read();
}

function verifyTree({ isShallow, changedFiles }: CheckoutState): void {
  if (isShallow) {
    throw new SlipwayError(
      "HISTORY_SHALLOW",
      "The history of this clone is cut, so what was released from it can't be known.",
      { hint: "Fetch all of it: git fetch --unshallow (in a workflow: fetch-depth: 0)." },
    );
  }
  if (changedFiles.length === 0) return;
  const files = changedFiles.length === 1 ? "1 file" : `${changedFiles.length} files`;
  throw new SlipwayError(
    "CHECKOUT_DIRTY",
    `The working tree differs from the commit in ${files}, so its images could not be built again.`,
    {
      details: changedFiles.slice(0, shownFiles),
      hint: "Nothing was touched. Commit or put them away: git status",
    },
  );
}

function verifyBranch({ branch }: CheckoutState, { branch: wanted, ...wish }: ReleaseWish): void {
  const prefix = wish.maintenancePrefix;
  // Continuous integration checks out a commit; whether it belongs to the branch is asked afterwards.
  if (branch === null || branch === wanted) return;
  if (prefix !== null && branch.startsWith(prefix)) return;
  throw new SlipwayError(
    "BRANCH_WRONG",
    `${JSON.stringify(branch)} is not the release branch ${JSON.stringify(wanted)}.`,
    {
      hint: `Nothing was touched. Change to it: git switch ${wanted}. To see what this branch would bring: npx slipway changes`,
    },
  );
}

function branchUnknown(branch: string): SlipwayError {
  return new SlipwayError("BASE_UNKNOWN", `The git server has no branch ${branch}.`, {
    hint: "Nothing was touched. The branch is named in tools/slipway.yaml under release.branch.",
  });
}

function ahead({ commit }: CheckoutState, head: string): SlipwayError {
  return new SlipwayError(
    "CHECKOUT_AHEAD",
    `HEAD ${commit.slice(0, 12)} has commits that the git server has not; its branch is at ${head.slice(0, 12)}.`,
    {
      hint: "Nothing was touched. Only what was merged is released: push, or open a pull request.",
    },
  );
}

function behind({ commit }: CheckoutState, head: string): SlipwayError {
  return new SlipwayError(
    "CHECKOUT_BEHIND",
    `The branch is at ${head.slice(0, 12)}, which has more than HEAD ${commit.slice(0, 12)}.`,
    {
      hint: "Nothing was touched, and nothing is lost: the newer commit's release does all of it. Here: git pull --ff-only && npm ci",
    },
  );
}
