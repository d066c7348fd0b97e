/**
 * Runs after `npm ci`. Names the release branch once, so that `nx affected` has a base in every clone
 * (`defaultBase` in nx.json), and installs the git hooks. Plain JavaScript for Node 20: nothing else is set up yet.
 */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";

const releaseBranchReference = "refs/slipway/release-branch";

/** First one that exists wins; `origin/HEAD` is whatever the remote calls its default branch. */
const candidates = [
  "refs/remotes/origin/master",
  "refs/heads/master",
  "refs/remotes/origin/HEAD",
  "refs/remotes/origin/main",
  "refs/heads/main",
];

function git(...args) {
  return execFileSync("git", args, {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
  }).trim();
}

function exists(reference) {
  try {
    git("rev-parse", "--verify", "--quiet", `${reference}^{commit}`);
    return true;
  } catch {
    return false;
  }
}

function isGitCheckout() {
  try {
    return git("rev-parse", "--is-inside-work-tree") === "true";
  } catch {
    return false;
  }
}

function nameReleaseBranch() {
  const branch = candidates.find(exists);
  if (branch) {
    git("symbolic-ref", releaseBranchReference, branch);
  } else {
    git("update-ref", releaseBranchReference, "HEAD");
  }
}

if (!isGitCheckout()) {
  process.stdout.write("Not a git checkout: `nx affected` and the commit hooks are not set up.\n");
} else if (exists("HEAD")) {
  nameReleaseBranch();
  // Absent when only the lockfile is written.
  if (!process.env.CI && existsSync("node_modules/.bin/lefthook")) {
    execFileSync("node_modules/.bin/lefthook", ["install"], { stdio: "inherit" });
  }
}
