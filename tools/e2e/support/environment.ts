import { chmod, mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

import { execa } from "execa";
import type { TestProject } from "vitest/node";

import { findChromium, startBrowser } from "./browser.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** Where the environment under test is reached: `http://localhost:8180`. */
    address: string;
    /** Where the one browser of this run is reached; empty when the machine has none. */
    browser: string;
  }
}

type TearDown = () => Promise<void>;

const root = resolve(import.meta.dirname, "../../..");

/** One environment and one browser for all flows. */
export async function setup(project: TestProject): Promise<TearDown> {
  const chromium = findChromium();
  const browser = chromium === null ? null : await startBrowser(chromium);
  project.provide("browser", browser?.wsEndpoint() ?? "");

  const given = process.env["E2E_ADDRESS"] ?? "";
  const tearDown = given === "" ? await bringUp(project) : async () => {};
  if (given !== "") project.provide("address", given);
  return async () => {
    await browser?.close();
    await tearDown();
  };
}

/** The throw-away environment, from the working tree, in a state folder of its own. */
async function bringUp(project: TestProject): Promise<TearDown> {
  const stateFolder = await mkdtemp(join(tmpdir(), "slipway-e2e-"));
  const environment = process.env["E2E_ENVIRONMENT"] ?? "ci";
  // Open to the services' own user, so that nothing is kept elsewhere that would outlive the folder.
  await chmod(stateFolder, 0o755);
  await mkdir(join(stateFolder, environment), { mode: 0o755 });
  const slipway = (...args: string[]) =>
    execa("slipway", [...args, `--env=${environment}`], {
      cwd: root,
      preferLocal: true,
      localDir: root,
      env: { SLIPWAY_STATE: stateFolder },
      stderr: "inherit",
    });
  const tearDown = async () => {
    await slipway("stop");
    await rm(stateFolder, { recursive: true, force: true });
  };

  try {
    await slipway("deploy", "--yes");
    const { stdout } = await slipway("status", "--json");
    const status: { address: string } = JSON.parse(stdout);
    project.provide("address", status.address);
    return tearDown;
  } catch (error) {
    await tearDown();
    throw error;
  }
}
