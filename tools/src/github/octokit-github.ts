import { retry } from "@octokit/plugin-retry";
import { Octokit } from "@octokit/rest";

import { SlipwayError } from "../errors.ts";
import type { ReleaseGitHub, ReleaseNote, VersionRequest } from "../release/release-ports.ts";

export interface GitHubOptions {
  /** `owner/name`. */
  repository: string;
  token: string;
  /** Where the API is: `https://api.github.com` when absent. */
  baseUrl?: string | undefined;
  /** Unit of the pauses between attempts. */
  retryMs?: number;
}

interface Connection {
  octokit: Octokit;
  owner: string;
  repo: string;
}

/** GitHub's releases and pull requests of one repository. */
export function createGitHub(options: GitHubOptions): ReleaseGitHub {
  const connection = connect(options);
  return {
    checkAccess: () => checkAccess(connection),
    hasRelease: async (name) => (await findRelease(connection, name)) !== null,
    createRelease: (note) => createRelease(connection, note),
    writeVersionRequest: (request) => writeVersionRequest(connection, request),
  };
}

function connect({ repository, token, baseUrl, retryMs = 1000 }: GitHubOptions): Connection {
  const [owner = "", repo = ""] = repository.split("/");
  const RetryingOctokit = Octokit.plugin(retry);
  const octokit = new RetryingOctokit({
    auth: token,
    userAgent: "slipway",
    ...(baseUrl !== undefined && { baseUrl }),
    // It waits as long as GitHub asks for, or longer each time.
    retry: { retryAfterBaseValue: retryMs },
    request: { retries: 3 },
    log: { debug: quiet, info: quiet, warn: quiet, error: quiet },
  });
  return { octokit, owner, repo };
}

function quiet(): void {}

async function checkAccess({ octokit, owner, repo }: Connection): Promise<void> {
  const { data } = await octokit.rest.repos
    .get({ owner, repo })
    .catch((cause: unknown) => refuse(`GitHub does not show ${owner}/${repo}`, cause));
  if (data.permissions === undefined || data.permissions.push) return;
  throw new SlipwayError("CREDENTIALS_MISSING", `GITHUB_TOKEN may not write to ${owner}/${repo}.`, {
    hint: "Nothing was touched. In a workflow the job needs `contents: write`.",
  });
}

async function findRelease({ octokit, owner, repo }: Connection, name: string) {
  try {
    return (await octokit.rest.repos.getReleaseByTag({ owner, repo, tag: name })).data;
  } catch (error) {
    if (readStatus(error) === 404) return null;
    return refuse(`GitHub does not say whether it has a release ${name}`, error);
  }
}

async function createRelease(
  connection: Connection,
  { name, title, body, isPrerelease }: ReleaseNote,
): Promise<"created" | "present"> {
  const { octokit, owner, repo } = connection;
  try {
    await octokit.rest.repos.createRelease({
      owner,
      repo,
      tag_name: name,
      name: title,
      body,
      prerelease: isPrerelease,
      // "Latest" on GitHub's page is one of all services, which says nothing.
      make_latest: "false",
    });
    return "created";
  } catch (error) {
    // Refused because it is there, or answered too late: what counts is what GitHub has now.
    if ((await findRelease(connection, name)) !== null) return "present";
    return refuse(`GitHub did not create the release ${name}`, error);
  }
}

async function writeVersionRequest(
  connection: Connection,
  { branch, base, title, body }: VersionRequest,
): Promise<string> {
  const { octokit, owner, repo } = connection;
  try {
    const open = await octokit.rest.pulls.list({
      owner,
      repo,
      state: "open",
      head: `${owner}:${branch}`,
      base,
    });
    const [found] = open.data;
    if (found === undefined) {
      const made = await octokit.rest.pulls.create({
        owner,
        repo,
        head: branch,
        base,
        title,
        body,
      });
      return made.data.html_url;
    }
    if (found.body !== body || found.title !== title) {
      await octokit.rest.pulls.update({ owner, repo, pull_number: found.number, title, body });
    }
    return found.html_url;
  } catch (error) {
    return refuse(`GitHub did not take the pull request of ${branch}`, error);
  }
}

function refuse(what: string, cause: unknown): never {
  const status = readStatus(cause);
  const reason = cause instanceof Error ? cause.message.split("\n")[0] : String(cause);
  const isDenied = status === 401 || status === 403;
  throw new SlipwayError(
    isDenied ? "CREDENTIALS_MISSING" : "GITHUB_FAILED",
    `${what}: ${reason}${status === null ? "" : ` (${status})`}.`,
    {
      cause,
      hint: isDenied
        ? "The token of GITHUB_TOKEN needs `contents: write` and `pull-requests: write`."
        : "What was done stays. Run it again: it goes on with what is missing.",
    },
  );
}

function readStatus(error: unknown): number | null {
  const status: unknown =
    typeof error === "object" && error !== null ? Reflect.get(error, "status") : null;
  return typeof status === "number" ? status : null;
}
