import { readdirSync, readFileSync } from "node:fs";

/** Pid of the daemon of this state folder. */
export function findDaemon(stateFolder: string): number {
  const pid = readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((name) => {
      const command = readCommand(name);
      return command.includes("daemon/main.ts") && command.includes(`"${stateFolder}"`);
    });
  if (pid === undefined) throw new Error(`No daemon runs for ${stateFolder}.`);
  return Number(pid);
}

function readCommand(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8");
  } catch {
    return "";
  }
}
