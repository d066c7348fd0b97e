import { SlipwayError } from "../errors.ts";
import type { Claim, RemoteState } from "../release/release-facts.ts";
import type { ReleaseRemote } from "../release/release-ports.ts";
import { formatClaim, parseClaim } from "./claim-object.ts";
import { askGit, runGit } from "./run-git.ts";

export interface RemoteOptions {
  workspace: string;
  /** Name of the git remote. */
  remote: string;
  branch: string;
  /** `Name <mail>` of what the tool itself writes. */
  identity: string;
}

const claimed = "refs/slipway/released/";
const tagged = "refs/tags/";
export const versionBranch = "slipway/versions";

/** Without a terminal to ask for a password on: what is missing is said, not waited for. */
const env = { GIT_TERMINAL_PROMPT: "0" };

/** The git server of a workspace, by its own git. Nothing is ever forced but the branch of the version pull request. */
export function createReleaseRemote(options: RemoteOptions): ReleaseRemote {
  const { workspace, remote, branch } = options;
  return {
    read: () => readRemote(options),
    async checkAccess() {
      // The server refuses whoever may not push before it looks at what is pushed.
      const target = `HEAD:refs/heads/slipway/may-push`;
      const args = ["push", "--quiet", "--dry-run", "--end-of-options", remote, target];
      await runGit(workspace, args, { env }).catch((cause: unknown) => {
        throw noAccess(remote, cause);
      });
    },
    async pushBranch(commit) {
      const args = ["push", "--quiet", "--end-of-options", remote];
      const failure = await push(workspace, [...args, `${commit}:refs/heads/${branch}`]);
      const { head } = await readRemote(options);
      if (head === commit) return "pushed";
      const parent = await askGit(workspace, ["rev-parse", `${commit}^`]);
      if (head !== parent) return "moved";
      throw refused(branch, failure);
    },
    async pushVersionBranch(commit) {
      const target = `refs/heads/${versionBranch}`;
      const before = await readReferences(options, [target]);
      if (before[target] === commit) return versionBranch;
      const lease = `--force-with-lease=${target}:${before[target] ?? ""}`;
      await runGit(
        workspace,
        ["push", "--quiet", lease, "--end-of-options", remote, `${commit}:${target}`],
        { env },
      );
      return versionBranch;
    },
    readClaims: (names) => readClaims(options, names),
    claim: (claims) => claim(options, claims),
    pushTags: (claims) => pushTags(options, claims),
  };
}

async function readRemote(options: RemoteOptions): Promise<RemoteState> {
  const head = `refs/heads/${options.branch}`;
  const all = await readReferences(options, [head, `${tagged}*@*`, `${claimed}*`]);
  return { head: all[head] ?? null, tags: pick(all, tagged), claims: pick(all, claimed) };
}

type References = Readonly<Record<string, string>>;

async function readReferences(
  { workspace, remote }: RemoteOptions,
  patterns: readonly string[],
): Promise<References> {
  const args = ["ls-remote", "--quiet", "--refs", "--end-of-options", remote, ...patterns];
  const text = await runGit(workspace, args, { env });
  const lines = text.split("\n").map((line) => line.split("\t"));
  return Object.fromEntries(
    lines.flatMap(([object, name]) =>
      object === undefined || name === undefined ? [] : [[name, object] as const],
    ),
  );
}

function pick(references: References, prefix: string): References {
  const entries = Object.entries(references)
    .filter(([name]) => name.startsWith(prefix))
    .map(([name, object]) => [name.slice(prefix.length), object]);
  return Object.fromEntries(entries);
}

async function readClaims(
  options: RemoteOptions,
  names: readonly string[],
): Promise<readonly Claim[]> {
  if (names.length === 0) return [];
  const held = await readReferences(
    options,
    names.map((name) => `${claimed}${name}`),
  );
  if (Object.keys(held).length === 0) return [];
  const { workspace, remote } = options;
  const args = ["fetch", "--quiet", "--no-tags", "--no-write-fetch-head", "--end-of-options"];
  await runGit(workspace, [...args, remote, ...Object.keys(held)], { env });
  const claims = await Promise.all(
    Object.values(held).map(async (object) =>
      parseClaim(await runGit(workspace, ["cat-file", "-p", object])),
    ),
  );
  return claims.filter((each) => each !== null);
}

async function claim(options: RemoteOptions, claims: readonly Claim[]): Promise<readonly Claim[]> {
  await pushObjects(options, claims, claimed);
  const held = await readClaims(
    options,
    claims.map(({ name }) => name),
  );
  const lost = claims.find(({ name }) => !held.some((each) => each.name === name));
  if (lost === undefined) return held;
  throw new SlipwayError(
    "GIT_FAILED",
    `The git server did not take ${claimed}${lost.name}, which says what that version is.`,
    { hint: "Nothing is visible yet. See whether it lets this account write references." },
  );
}

async function pushTags(options: RemoteOptions, claims: readonly Claim[]): Promise<void> {
  await pushObjects(options, claims, tagged);
  const { tags } = await readRemote(options);
  const objects = await writeObjects(options, claims);
  const other = claims.find(({ name }, index) => tags[name] !== objects[index]);
  if (other === undefined) return;
  throw new SlipwayError(
    "GIT_TAG_TAKEN",
    `The git tag ${other.name} ${tags[other.name] === undefined ? "could not be written" : "is there and names something else"}.`,
    {
      hint: `Its image is released. Look at it (git show ${other.name}); a tag is never moved here.`,
    },
  );
}

/** A reference that is there is left alone, by us and by the server; the caller reads what holds. */
async function pushObjects(
  options: RemoteOptions,
  claims: readonly Claim[],
  prefix: string,
): Promise<void> {
  const { workspace, remote } = options;
  const [objects, before] = await Promise.all([
    writeObjects(options, claims),
    readReferences(
      options,
      claims.map(({ name }) => `${prefix}${name}`),
    ),
  ]);
  const wanted = claims.flatMap(({ name }, index) =>
    `${prefix}${name}` in before ? [] : [`${objects[index] ?? ""}:${prefix}${name}`],
  );
  if (wanted.length === 0) return;
  await push(workspace, ["push", "--quiet", "--end-of-options", remote, ...wanted]);
}

async function writeObjects(
  { workspace, identity }: RemoteOptions,
  claims: readonly Claim[],
): Promise<readonly string[]> {
  return Promise.all(
    claims.map(async (each) => {
      const args = ["show", "--no-patch", "--format=%ct", "--end-of-options", each.commit];
      const seconds = Number(await runGit(workspace, args));
      const input = formatClaim(each, { identity, seconds });
      return (await runGit(workspace, ["mktag"], { input })).trim();
    }),
  );
}

/** Null when all of it was taken; else why not. What then holds is for the caller to read. */
async function push(workspace: string, args: readonly string[]): Promise<SlipwayError | null> {
  try {
    await runGit(workspace, args, { env });
    return null;
  } catch (error) {
    if (error instanceof SlipwayError) return error;
    throw error;
  }
}

function noAccess(remote: string, cause: unknown): SlipwayError {
  return new SlipwayError(
    "CREDENTIALS_MISSING",
    `The git server ${remote} lets nobody push here.`,
    {
      cause,
      details: cause instanceof SlipwayError ? cause.details : [],
      hint: "Nothing was touched. In a workflow the job needs `contents: write`.",
    },
  );
}

function refused(branch: string, failure: SlipwayError | null): SlipwayError {
  return new SlipwayError("GIT_FAILED", `The git server does not take versions on ${branch}.`, {
    details: failure?.details ?? [],
    hint: "Nothing was released. For a protected branch: npx slipway release --version-pr",
  });
}
