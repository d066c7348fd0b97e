import { mkdir } from "node:fs/promises";
import { request } from "node:http";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { labFolder, type LabHost } from "./lab-facts.ts";
import { namespaceOf } from "./network.ts";
import { startDetached } from "./start-detached.ts";

const startLimitMs = 30_000;
const pollMs = 100;

export interface HostPlan {
  name: string;
  /** Null for this machine. */
  address: string | null;
  registry: string;
}

export function hostFolder(name: string): string {
  return join(labFolder, "hosts", name);
}

/** Starts the host's first process and waits until its engine answers. */
export async function startHost({ name, address, registry }: HostPlan): Promise<LabHost> {
  const folder = hostFolder(name);
  await mkdir(folder, { recursive: true });
  const network = address === null ? [] : ["nsenter", `--net=/run/netns/${namespaceOf(name)}`];
  const isolate = [
    "unshare",
    "--mount",
    "--pid",
    "--uts",
    "--fork",
    "--kill-child",
    "--mount-proc",
  ];
  const script = ["sh", join(import.meta.dirname, "host.sh"), folder, address ?? "", registry];
  const pid = startDetached([...network, ...isolate, ...script], join(folder, "host.log"));
  const socket = join(folder, "run/docker.sock");
  await awaitEngine(socket, folder);
  return {
    name,
    ssh: address === null ? null : `root@${address}`,
    pid,
    socket,
    folder: address === null ? join(folder, "slipway") : "/var/lib/slipway",
  };
}

async function awaitEngine(socketPath: string, folder: string): Promise<void> {
  const deadlineMs = Date.now() + startLimitMs;
  while (!(await answers(socketPath))) {
    if (Date.now() > deadlineMs) {
      throw new Error(
        `The engine did not start; see ${folder}/host.log and ${folder}/dockerd.log.`,
      );
    }
    await delay(pollMs);
  }
}

async function answers(socketPath: string): Promise<boolean> {
  return new Promise((resolve) => {
    request({ socketPath, path: "/_ping", timeout: 2000 }, (answer) => {
      answer.resume();
      resolve(answer.statusCode === 200);
    })
      .once("error", () => resolve(false))
      .end();
  });
}
