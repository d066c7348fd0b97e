import { readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

import { execa, type ResultPromise } from "execa";
import { parse, stringify } from "yaml";

import { labFolder, readLab } from "../../lab/lab-facts.ts";
import { programsEnv } from "../../lab/programs.ts";
import type { DeployWish } from "../fixtures/deploy-wish.ts";
import { describeLabHost, removeFromLab } from "../fixtures/lab-host.ts";
import { type DeployWorkspace, openDeployWorkspace } from "../fixtures/open-deploy-workspace.ts";

const slipway = path.resolve(import.meta.dirname, "../../bin/slipway.js");

export interface HostsWorkspace extends DeployWorkspace {
  /** As somebody else, from a machine of their own. */
  startSlipwayWith: (
    who: { env: Record<string, string> },
    ...argv: readonly string[]
  ) => ResultPromise;
  /** Where people reach one host's gateway. */
  doorOf: (host: string) => string;
  /** A file of the environment on a host, as this machine sees it. */
  fileOf: (host: string, name: string) => string;
  /** Changes the environment's file. */
  editSettings: (change: (settings: Record<string, unknown>) => void) => Promise<void>;
}

export interface LastingWorkspace extends HostsWorkspace {
  remove: () => Promise<void>;
}

/** An environment on several hosts of the lab, for as long as the caller wants. */
export async function createHostsWorkspace(
  [first, ...others]: readonly [string, ...string[]],
  wish: DeployWish = {},
): Promise<LastingWorkspace> {
  const workspace = await openDeployWorkspace({ ...wish, labHost: first });
  const { environment, folder } = workspace;
  const file = path.join(folder, `tools/environments/${environment}.yaml`);
  const port = Number(parse(await readFile(file, "utf8")).gateway.port);

  async function editSettings(change: (settings: Record<string, unknown>) => void): Promise<void> {
    const settings = parse(await readFile(file, "utf8"));
    change(settings);
    await writeFile(file, stringify(settings));
  }

  const described = [first, ...others].map(async (name) => {
    const { hosts } = await describeLabHost(name, port);
    return Object.assign({}, ...hosts, { address: addressOf(name) });
  });
  const hosts = await Promise.all(described);
  if (others.length > 0) {
    await editSettings((settings) =>
      Object.assign(settings, { hosts, databasePort: port + 12_000 }),
    );
  }
  return {
    ...workspace,
    async remove() {
      await workspace.remove();
      const all = [first, ...others];
      await Promise.all(all.map(async (name) => removeFromLab(name, environment)));
      const folders = all.map((name) => folderOf(name, environment));
      await Promise.all(folders.map(async (one) => rm(one, { recursive: true, force: true })));
    },
    startSlipwayWith: ({ env }, ...argv) =>
      execa(process.execPath, [slipway, ...argv, `--env=${environment}`], {
        cwd: folder,
        reject: false,
        env: { GITHUB_ACTOR: "grace", ...env },
      }),
    doorOf: (host) => `http://${addressOf(host)}:${port}`,
    fileOf: (host, name) => path.join(folderOf(host, environment), name),
    editSettings,
  };
}

const addresses: Readonly<Record<string, string>> = {
  a: "10.213.0.11",
  b: "10.213.0.12",
  c: "10.213.0.13",
};

function addressOf(host: string): string {
  return addresses[host] ?? "127.0.0.1";
}

function folderOf(host: string, environment: string): string {
  return path.join(labFolder, "hosts", host, "slipway", environment);
}

/** Pulls the plug of a host's network, or puts it back. */
export async function setLink(host: string, state: "up" | "down"): Promise<void> {
  await execa("ip", ["link", "set", `slw-${host}`, state], { env: programsEnv() });
}

/** True when the running lab has all these hosts. */
export async function hasHosts(...names: readonly string[]): Promise<boolean> {
  const lab = await readLab();
  return names.every((name) => lab?.hosts.some((host) => host.name === name) === true);
}

/** Runs a program in the namespaces of a host: its processes, its mounts, its network. */
export async function runInHost(name: string, ...argv: readonly string[]): Promise<string> {
  const lab = await readLab();
  const host = lab?.hosts.find((one) => one.name === name);
  if (host === undefined) throw new Error(`The lab has no host ${name}.`);
  // The lab knows who made the namespaces; who is in them is its child.
  const children = await readFile(`/proc/${host.pid}/task/${host.pid}/children`, "utf8");
  const [inside = ""] = children.trim().split(" ");
  const enter = ["--target", inside, "--mount", "--pid", "--net", "--", ...argv];
  return (await execa("nsenter", enter, { env: programsEnv() })).stdout;
}
