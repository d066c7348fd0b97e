import { readdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { labFolder, labMark } from "./lab-facts.ts";
import { removeNetwork } from "./network.ts";
import { removeFilterRules } from "./packet-filter.ts";

const endLimitMs = 10_000;

/** Ends every process that the lab started, and takes away what they leave. */
export async function down(say: (text: string) => void): Promise<void> {
  const pids = await findLabProcesses();
  for (const pid of pids) endProcess(pid);
  const deadlineMs = Date.now() + endLimitMs;
  while ((await findLabProcesses()).length > 0 && Date.now() < deadlineMs) await delay(50);
  const hosts: readonly string[] = await readdir(join(labFolder, "hosts")).catch(() => []);
  if (hosts.includes("here")) await removeFilterRules();
  await removeNetwork(hosts.length === 0 ? ["a", "b", "c"] : hosts);
  await rm(labFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  say(`ended ${pids.length} processes; downloads stay for the next time`);
}

/** Not by a written-down id, which may be somebody else's by now. */
async function findLabProcesses(): Promise<readonly number[]> {
  const names = (await readdir("/proc")).filter((name) => /^\d+$/u.test(name));
  const found = await Promise.all(names.map(isLabProcess));
  return names.filter((_name, index) => found[index] === true).map(Number);
}

async function isLabProcess(pid: string): Promise<boolean> {
  if (Number(pid) === process.pid) return false;
  const environment = await readFile(`/proc/${pid}/environ`, "utf8").catch(() => "");
  return environment.split("\0").includes(`${labMark}=${labFolder}`);
}

function endProcess(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended with its host.
  }
}
