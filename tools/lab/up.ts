import { access, mkdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";

import { basesFolder, ensureBases } from "./bases.ts";
import { down } from "./down.ts";
import { hostFolder, startHost } from "./host.ts";
import { cacheFolder, labFile, labFolder, type LabFacts, readLab } from "./lab-facts.ts";
import { loadBase } from "./load-base.ts";
import { addHostNetwork, addNetwork, gatewayAddress } from "./network.ts";
import { ensurePrograms } from "./programs.ts";
import { startRegistry } from "./registry.ts";
import { awaitSsh, identityFile, knownHostsFile, writeSshFiles } from "./ssh.ts";
import { startDetached } from "./start-detached.ts";

/** The hosts besides this machine. `c` is the one that tests take away while others work on the rest. */
export const remoteHosts = [
  { name: "a", address: "10.213.0.11" },
  { name: "b", address: "10.213.0.12" },
  { name: "c", address: "10.213.0.13" },
];

/** Brings the lab up, or says that it is. A lab that was cut off half-way is taken down first. */
export async function up(say: (text: string) => void): Promise<LabFacts> {
  const known = await readLab();
  if (known !== null) return known;
  await down(() => {});
  await mkdir(cacheFolder, { recursive: true });
  await mkdir(labFolder, { recursive: true, mode: 0o755 });
  say("fetches the engine's programs");
  await ensurePrograms();
  await ensureBases(say);
  const registry = `${gatewayAddress}:5000`;
  say("starts the registry and the hosts");
  await addNetwork();
  const registryPid = await startRegistry(registry);
  startInbox();
  for (const { name, address } of remoteHosts) {
    await mkdir(hostFolder(name), { recursive: true });
    await addHostNetwork(name, address);
  }
  await writeSshFiles(remoteHosts.map((host) => ({ ...host, folder: hostFolder(host.name) })));
  const here = (await hasForeignEngine()) ? [] : [{ name: "here", address: null }];
  const hosts = await Promise.all(
    [...here, ...remoteHosts].map((host) => startHost({ ...host, registry })),
  );
  const reached = hosts.filter(({ ssh }) => ssh !== null);
  await Promise.all(reached.map(async (host) => awaitSsh(host)));
  say("brings the hosts their base images");
  const [postgres, haproxy] = await Promise.all([
    loadBase(hosts, "postgres"),
    loadBase(hosts, "haproxy"),
  ]);
  const images = { postgres, haproxy };
  const startedAt = new Date().toISOString();
  const bases = basesFolder;
  const files = { identityFile, knownHostsFile, bases };
  const facts = { hosts, registry, registryPid, ...files, images, startedAt };
  await writeFacts(facts);
  return facts;
}

/** Mails of all hosts, to be read at http://localhost:8025/inbox. */
function startInbox(): void {
  const script = join(import.meta.dirname, "inbox.ts");
  startDetached([process.execPath, script], join(labFolder, "inbox.log"));
}

/** Two engines in one network name space would fight over its packet filter. */
async function hasForeignEngine(): Promise<boolean> {
  return access("/var/run/docker.sock").then(
    () => true,
    () => false,
  );
}

async function writeFacts(facts: LabFacts): Promise<void> {
  await rm(labFile, { force: true });
  await writeFile(`${labFile}.tmp`, `${JSON.stringify(facts, null, 2)}\n`);
  await rename(`${labFile}.tmp`, labFile);
}
