import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";

import { findBase } from "../git/find-base.ts";
import { runGit } from "../git/run-git.ts";
import type { Registry } from "../registries/registry.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import type { CommandContext, Flags } from "./command.ts";

export interface OldSet {
  set: ReleaseSet;
  openRegistry: () => Promise<Registry>;
  remove: () => Promise<void>;
}

/** What a rehearsal starts from: the release set that is named, else the commit where the branch left the release branch. */
export async function openOldSet(context: CommandContext, flags: Flags): Promise<OldSet> {
  const { workspace, adapters } = context;
  if (flags.release === undefined) return buildOldSet(context, flags);
  return {
    set: await adapters.readSet(workspace, flags.release),
    openRegistry: () => adapters.createRegistry(workspace, "registry"),
    remove: async () => {},
  };
}

/** Built by its own code with its own packages, in a clone beside the workspace. */
async function buildOldSet(context: CommandContext, flags: Flags): Promise<OldSet> {
  const { workspace, adapters, report, signal } = context;
  const note = (text: string) => report.event({ type: "note", text });
  const commit = await findBase(workspace, flags.base);
  const folder = await mkdtemp(join(tmpdir(), "slipway-rehearse-"));
  const remove = async () => rm(folder, { recursive: true, force: true });
  try {
    note(`Building the services as they were at ${commit.slice(0, 12)}.`);
    await runGit(workspace, ["clone", "--quiet", "--shared", "--no-checkout", workspace, folder]);
    await runGit(folder, ["checkout", "--quiet", "--detach", commit]);
    const quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    await execa("npm", ["ci", ...quiet], { cwd: folder, cancelSignal: signal });
    const set = await adapters.buildSet({ workspace: folder, onNote: note });
    return { set, openRegistry: () => adapters.createRegistry(folder, "working-tree"), remove };
  } catch (error) {
    await remove();
    throw error;
  }
}
