import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import type { TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the environment under test is reached: `http://localhost:8180`. */
    address: string;
  }
}

const root = resolve(import.meta.dirname, "../../..");

/** Brings the whole setup up once for all tests, from the working tree, in a state folder of its own. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const stateFolder = await mkdtemp(join(tmpdir(), "slipway-ci-"));
  const slipway = (...args: string[]) =>
    execa("slipway", [...args, "--env=ci"], {
      cwd: root,
      preferLocal: true,
      localDir: root,
      env: { SLIPWAY_STATE: stateFolder },
      stderr: "inherit",
    });
  const teardown = async () => {
    await slipway("stop");
    await rm(stateFolder, { recursive: true, force: true });
  };

  try {
    await slipway("deploy", "--yes");
    const { stdout } = await slipway("status", "--json");
    const status: { address: string } = JSON.parse(stdout);
    project.provide("address", status.address);
    return teardown;
  } catch (error) {
    await teardown();
    throw error;
  }
}
