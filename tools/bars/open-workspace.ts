import type { DeployWish } from "../test/fixtures/deploy-wish.ts";
import {
  type DeployWorkspace,
  openDeployWorkspace,
} from "../test/fixtures/open-deploy-workspace.ts";
import type { MeasureOptions } from "./bar.ts";

/** Gives a workspace of the driver's, and takes it away afterwards. */
export async function withWorkspace<Result>(
  { driver, labHost }: MeasureOptions,
  wish: DeployWish,
  work: (workspace: DeployWorkspace) => Promise<Result>,
): Promise<Result> {
  const where = driver === "compose" ? { labHost } : {};
  const workspace = await openDeployWorkspace({ ...wish, ...where });
  try {
    return await work(workspace);
  } finally {
    await workspace.remove();
  }
}

/** Runs a command that must succeed; gives what it printed. */
export async function mustRun(
  workspace: DeployWorkspace,
  ...argv: readonly string[]
): Promise<string> {
  const { exitCode, stdout, stderr } = await workspace.slipway(...argv);
  if (exitCode === 0) return stdout;
  throw new Error(`slipway ${argv.join(" ")} ended with ${exitCode}:\n${stderr}`);
}

export function median(values: readonly number[]): number {
  return values.toSorted((left, right) => left - right)[Math.floor(values.length / 2)] ?? 0;
}

export function formatMs(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : `${(ms / 1000).toFixed(2)} s`;
}
