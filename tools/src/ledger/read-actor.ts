import { userInfo } from "node:os";

import { execa } from "execa";

import type { Actor } from "../deploy/ledger-record.ts";

/** Who does this: the CI run's actor, else git's user, else the machine's. */
export async function readActor(
  workspace: string,
  env: Readonly<Record<string, string | undefined>>,
): Promise<Actor> {
  const ci = env["GITHUB_ACTOR"] ?? env["GITLAB_USER_LOGIN"];
  if (ci !== undefined && ci !== "") return { name: ci, kind: "ci" };
  const name = await readGitSetting("user.name", workspace);
  const email = await readGitSetting("user.email", workspace);
  if (name !== "" && email !== "") return { name: `${name} <${email}>`, kind: "git" };
  return { name: userInfo().username, kind: "os" };
}

async function readGitSetting(key: string, cwd: string): Promise<string> {
  const { stdout } = await execa("git", ["config", "--get", key], {
    cwd,
    reject: false,
    timeout: 5000,
  });
  return stdout?.trim() ?? "";
}
