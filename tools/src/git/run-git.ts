import { execa } from "execa";

import { SlipwayError } from "../errors.ts";

const timeoutMs = 60_000;

export interface GitCall {
  /** Beside the process's own. */
  env?: Readonly<Record<string, string>>;
  /** What it reads from stdin. */
  input?: string;
}

/** Output of a git command, as it is. Throws GIT_FAILED with git's own words. */
export async function runGit(
  cwd: string,
  args: readonly string[],
  { env = {}, input }: GitCall = {},
): Promise<string> {
  const result = await execa("git", ["--no-optional-locks", ...args], {
    cwd,
    env: { ...env },
    ...(input !== undefined && { input }),
    timeout: timeoutMs,
    reject: false,
    stripFinalNewline: false,
  });
  if (result.failed) {
    throw new SlipwayError("GIT_FAILED", `git ${args[0] ?? ""} failed.`, {
      details: (result.stderr || "git is not there, or gave no reason").split("\n").slice(0, 10),
      hint: "Nothing was touched. The lines above are git's own.",
    });
  }
  return result.stdout;
}

/** One line of output; null when the command says no. */
export async function askGit(
  cwd: string,
  args: readonly string[],
  { env = {} }: GitCall = {},
): Promise<string | null> {
  const result = await execa("git", ["--no-optional-locks", ...args], {
    cwd,
    env: { ...env },
    timeout: timeoutMs,
    reject: false,
  });
  return result.failed ? null : result.stdout.trim();
}
