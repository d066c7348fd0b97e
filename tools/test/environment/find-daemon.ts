import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";

import { isRunning, readIdentity } from "../../src/daemon/process-identity.ts";
import { until } from "./until.ts";

/** Pid of the daemon of this state folder. */
export function findDaemon(stateFolder: string): number {
  const holder = findLockHolder(join(stateFolder, "daemon.lock"));
  const pid = listDaemons(stateFolder).find((one) => one === holder);
  if (pid === undefined) throw new Error(`No daemon runs for ${stateFolder}.`);
  return pid;
}

/** Pid of the one that waits to take over; null when there is none (yet). */
export function findStandby(stateFolder: string): number | null {
  const daemon = findDaemon(stateFolder);
  return listDaemons(stateFolder).find((pid) => pid !== daemon) ?? null;
}

/** SIGKILL to the daemon, and before to whoever would take over: the environment is left alone. */
export async function killDaemon(stateFolder: string): Promise<void> {
  const daemon = readIdentity(findDaemon(stateFolder));
  if (daemon === null) throw new Error("The daemon has ended by itself.");
  const standby = findStandby(stateFolder);
  if (standby !== null) process.kill(standby, "SIGKILL");
  process.kill(daemon.pid, "SIGKILL");
  await until(() => !isRunning(daemon));
}

function listDaemons(stateFolder: string): readonly number[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      const command = readText(`/proc/${name}/cmdline`);
      return command.includes("daemon/main.ts") && command.includes(`"${stateFolder}"`);
    })
    .map(Number);
}

/** Who holds a lock of the kernel on the file: `1: POSIX ADVISORY WRITE 4711 08:01:262146 …`. */
function findLockHolder(file: string): number {
  const inode = statSync(file).ino;
  const fields = readText("/proc/locks")
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .find((line) => line[3] === "WRITE" && line[5]?.endsWith(`:${inode}`) === true);
  return Number(fields?.[4] ?? 0);
}

function readText(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return "";
  }
}
