import { execa } from "execa";

const timeoutMs = 10_000;

/** HEAD's full hash, with `-dirty` when the working tree differs from it; `unknown` outside a git repository. */
export async function readCommit(workspace: string): Promise<string> {
  const head = await runGit(workspace, ["rev-parse", "--verify", "HEAD"]);
  if (head === null) {
    return "unknown";
  }
  const changes = await runGit(workspace, ["status", "--porcelain", "--untracked-files=normal"]);
  return changes === "" ? head : `${head}-dirty`;
}

async function runGit(cwd: string, args: readonly string[]): Promise<string | null> {
  const { failed, stdout } = await execa("git", ["--no-optional-locks", ...args], {
    cwd,
    timeout: timeoutMs,
    reject: false,
  });
  return failed ? null : stdout.trim();
}
