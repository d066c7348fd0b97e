import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { openSshHost } from "../src/hosts/ssh-host.ts";
import { labFolder, type LabHost } from "./lab-facts.ts";
import { runProgram } from "./run-program.ts";

const keys = join(labFolder, "keys");
export const identityFile = join(keys, "operator");
export const knownHostsFile = join(keys, "known_hosts");

/** One key for whoever deploys, one a host, and what is known of the hosts. */
export async function writeSshFiles(
  hosts: readonly { name: string; address: string; folder: string }[],
): Promise<void> {
  await mkdir(keys, { recursive: true, mode: 0o700 });
  await writeKey(identityFile);
  const users = await readFile("/etc/passwd", "utf8");
  for (const { name, address, folder } of hosts) {
    const key = join(keys, name);
    await writeKey(key);
    await writeFile(join(folder, "sshd_config"), formatConfig(key, address));
    await writeFile(join(folder, "passwd"), addUser(users));
  }
  const known = hosts.map(async ({ name, address }) => {
    const [type, key] = (await readFile(`${join(keys, name)}.pub`, "utf8")).split(" ");
    return `${address} ${type} ${key}\n`;
  });
  await writeFile(knownHostsFile, (await Promise.all(known)).join(""));
}

const startLimitMs = 30_000;
const pollMs = 500;

/** Waits until the host lets whoever deploys in, so that a lab that is up can be deployed to. */
export async function awaitSsh({ name, ssh, folder }: LabHost): Promise<void> {
  const deadlineMs = Date.now() + startLimitMs;
  const settings = { name, address: ssh ?? "", identityFile, knownHostsFile };
  for (;;) {
    try {
      const host = await openSshHost(settings, folder);
      await host.run({ argv: ["true"] });
      return await host.close();
    } catch (error) {
      if (Date.now() > deadlineMs) {
        const log = join(labFolder, "hosts", name, "sshd.log");
        throw new Error(`${name} lets nobody in by SSH; see ${log}.`, { cause: error });
      }
      await delay(pollMs);
    }
  }
}

async function writeKey(file: string): Promise<void> {
  await runProgram("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-C", "slipway-lab", "-f", file);
}

function formatConfig(key: string, address: string): string {
  const lines = [
    `ListenAddress ${address}`,
    "Port 22",
    `HostKey ${key}`,
    `AuthorizedKeysFile ${identityFile}.pub`,
    "PermitRootLogin prohibit-password",
    "PasswordAuthentication no",
    "KbdInteractiveAuthentication no",
    "StrictModes no",
    "UsePAM no",
    "AllowStreamLocalForwarding yes",
    "MaxSessions 100",
    "PidFile none",
  ];
  return `${lines.join("\n")}\n`;
}

/** sshd wants a user to hide behind, which a machine without it does not have. */
function addUser(users: string): string {
  return /^sshd:/mu.test(users)
    ? users
    : `${users.trimEnd()}\nsshd:x:64999:65534::/run/sshd:/usr/sbin/nologin\n`;
}
