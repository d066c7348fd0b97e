import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { isAlive } from "../src/files/is-alive.ts";

/** Everything the lab keeps while it is up; `down` removes it. */
export const labFolder = "/var/lib/slipway-lab";
/** Downloads and base images, which the next `up` uses again. */
export const cacheFolder = "/var/cache/slipway-lab";
/** In the environment of all that the lab starts and of nothing else: `down` ends what carries it. */
export const labMark = "SLIPWAY_LAB";
/** Packages unpacked beside the system's own, so that nothing is installed on the machine. */
export const programsFolder = join(labFolder, "programs");

/** One host of the lab: an engine of its own and, but for this machine, a network and an sshd of its own. */
export interface LabHost {
  name: string;
  /** `root@10.213.0.11`; null for this machine. */
  ssh: string | null;
  /** Its process; ending it ends everything on the host at once, as pulling the plug does. */
  pid: number;
  /** The engine's socket as this machine sees it. */
  socket: string;
  /** Where Slipway keeps its files on that host, as the host itself sees it. */
  folder: string;
}

/** What tests and environments need to know of a running lab. */
export interface LabFacts {
  hosts: readonly LabHost[];
  /** Address of the registry, reached by this machine and every host. */
  registry: string;
  registryPid: number;
  identityFile: string;
  knownHostsFile: string;
  /** OCI layouts of the base images, tag `lab`: `node`, `postgres`, `haproxy`. */
  bases: string;
  /** Names of the images that every host's engine has. */
  images: { postgres: string; haproxy: string };
  startedAt: string;
}

export const labFile = join(labFolder, "lab.json");

/** Null when no lab is up. */
export async function readLab(): Promise<LabFacts | null> {
  const text = await readFile(labFile, "utf8").catch(() => null);
  if (text === null) return null;
  const facts: LabFacts = JSON.parse(text);
  return facts.hosts.every(({ pid }) => isAlive(pid)) ? facts : null;
}
