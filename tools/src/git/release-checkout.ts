import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

import { listNextVersions } from "../changes/list-next-versions.ts";
import type { NextVersion } from "../changes/verdict.ts";
import { SlipwayError } from "../errors.ts";
import type { BranchService, CheckoutState } from "../release/release-facts.ts";
import type { ReleaseCheckout } from "../release/release-ports.ts";
import { parseChangelog } from "../versions/parse-changelog.ts";
import { readVersionPlan } from "../versions/read-version-plan.ts";
import { writeVersions } from "../versions/write-versions.ts";
import { readServices } from "../workspace/read-services.ts";
import type { RemoteOptions } from "./release-remote.ts";
import { askGit, runGit } from "./run-git.ts";

const trailer = "Slipway-Versions";
const longestSubject = 72;
const serviceName = /^[a-z][a-z0-9-]*$/u;

/** A working copy, by its own git. */
export function createReleaseCheckout(options: RemoteOptions): ReleaseCheckout {
  const { workspace, remote } = options;
  const git = async (...args: string[]) => (await runGit(workspace, args)).trim();
  const isAncestor = async (one: string, other: string) =>
    (await askGit(workspace, ["merge-base", "--is-ancestor", one, other])) !== null;

  async function fetch(commit: string): Promise<void> {
    if ((await askGit(workspace, ["cat-file", "-e", `${commit}^{commit}`])) !== null) return;
    await git("fetch", "--quiet", "--no-tags", "--end-of-options", remote, commit);
  }

  return {
    read: () => readCheckout(workspace),
    contains: (commit) => isAncestor(commit, "HEAD"),
    async isBehindByVersionsOnly(head) {
      await fetch(head);
      if (!(await isAncestor("HEAD", head))) return false;
      const format = `--format=%H %(trailers:key=${trailer},valueonly,separator=%x2C)`;
      const lines = (await git("log", format, `HEAD..${head}`)).split("\n");
      return lines.every((line) => line.trim().split(" ").length > 1);
    },
    async catchUp(head) {
      await fetch(head);
      await git("merge", "--quiet", "--ff-only", head);
    },
    writeVersions: () => commitVersions(options),
  };
}

async function readCheckout(workspace: string): Promise<CheckoutState> {
  const ask = (...args: string[]) => askGit(workspace, args);
  const [commit, branch, shallow, status, count] = await Promise.all([
    runGit(workspace, ["rev-parse", "--verify", "HEAD"]),
    ask("symbolic-ref", "--quiet", "--short", "HEAD"),
    ask("rev-parse", "--is-shallow-repository"),
    runGit(workspace, ["status", "--porcelain", "-z", "--untracked-files=normal"]),
    ask("rev-list", "--count", "--first-parent", "HEAD"),
  ]);
  const [services, { plan }] = await Promise.all([
    readBranchServices(workspace),
    readVersionPlan(workspace),
  ]);
  return {
    commit: commit.trim(),
    branch,
    isShallow: shallow === "true",
    changedFiles: status.split("\0").filter((line) => line !== ""),
    sequence: Number(count),
    services,
    pending: listNextVersions(plan),
  };
}

async function readBranchServices(workspace: string): Promise<BranchService[]> {
  const services = await readServices(workspace);
  const strange = services.find(({ name }) => !serviceName.test(name));
  if (strange !== undefined) {
    throw new SlipwayError(
      "CONFIG_INVALID",
      `The folder services/${strange.name} can't name an image.`,
      { hint: "Nothing was touched. Expected small letters, digits and dashes: new-service." },
    );
  }
  return Promise.all(
    services.map(async ({ name, packageName, version, folder }) => {
      const file = path.join(workspace, folder, "CHANGELOG.md");
      const text = await readFile(file, "utf8").catch(() => "");
      return { service: name, packageName, version, changelog: parseChangelog(text, version) };
    }),
  );
}

/** In a clone of its own, so that a kill leaves the working tree as it was. */
async function commitVersions({ workspace, identity }: RemoteOptions): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), "slipway-versions-"));
  try {
    const head = (await runGit(workspace, ["rev-parse", "HEAD"])).trim();
    await runGit(workspace, ["clone", "--quiet", "--shared", "--no-checkout", workspace, folder]);
    await runGit(folder, [...plain, "checkout", "--quiet", "--detach", head]);
    const versions = await writeVersions(folder);
    await runGit(folder, [...plain, "add", "--all"]);
    const message = formatMessage(versions);
    await runGit(folder, [...plain, "commit", "--quiet", "--no-verify", "--message", message], {
      env: planAuthor(identity, (await runGit(folder, ["show", "-s", "--format=%ct"])).trim()),
    });
    await runGit(workspace, ["fetch", "--quiet", "--no-tags", folder, "HEAD"]);
    return (await runGit(folder, ["rev-parse", "HEAD"])).trim();
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a person has set for git must not change the commit. */
const plain = [
  "-c",
  "core.autocrlf=false",
  "-c",
  "commit.gpgSign=false",
  "-c",
  "core.hooksPath=/dev/null",
];

/** With the date of the commit before, the same branch gives the same commit. */
function planAuthor(identity: string, seconds: string) {
  const [, name = "", email = ""] = /^(.*) <(.*)>$/u.exec(identity) ?? [];
  const date = `@${seconds} +0000`;
  return {
    GIT_AUTHOR_NAME: name,
    GIT_AUTHOR_EMAIL: email,
    GIT_AUTHOR_DATE: date,
    GIT_COMMITTER_NAME: name,
    GIT_COMMITTER_EMAIL: email,
    GIT_COMMITTER_DATE: date,
  };
}

function formatMessage(versions: readonly NextVersion[]): string {
  const names = versions.map(({ packageName, to }) => `${packageName}@${to}`);
  const subject = `Release ${names.join(", ")}`;
  return [
    subject.length > longestSubject ? `Release ${names.length} packages` : subject,
    "",
    ...names.map((name) => `- ${name}`),
    "",
    `${trailer}: ${names.length}`,
  ].join("\n");
}
