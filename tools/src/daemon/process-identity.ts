import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";

/** A process that cannot be mistaken for a later one with the same number. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque; equal only for the same process of the same boot. */
  birth: string;
}

/** Null when no such process runs; one that has ended but was not collected yet counts as ended. */
export function readIdentity(pid: number): ProcessIdentity | null {
  const birth = process.platform === "linux" ? readLinuxBirth(pid) : readPosixBirth(pid);
  return birth === null ? null : { pid, birth };
}

export function isRunning(identity: ProcessIdentity): boolean {
  return readIdentity(identity.pid)?.birth === identity.birth;
}

/** Id of the group the process belongs to: for what a service started, the service's own pid. */
export function readGroup(pid: number): number | null {
  const group =
    process.platform === "linux"
      ? readStatFields(pid)[2]
      : runPs(["-o", "pgid=", "-p", String(pid)]).trim();
  return group === undefined || group === "" ? null : Number(group);
}

/** Processes whose environment holds `NAME=value`. */
export function findProcessesByEnvironment(entry: string): number[] {
  if (process.platform !== "linux") return findByPs(entry);
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => readOrEmpty(`/proc/${name}/environ`).split("\0").includes(entry))
    .map(Number)
    .filter((pid) => readIdentity(pid) !== null);
}

/** Resident memory in bytes; 0 where it cannot be told. */
export function readMemoryBytes(pid: number): number {
  const match = /^VmRSS:\s+(\d+) kB/m.exec(readOrEmpty(`/proc/${pid}/status`));
  return Number(match?.[1] ?? 0) * 1024;
}

/** Signals a whole process group, so that nothing a service started is left behind. */
export function signalGroup(leader: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-leader, signal);
  } catch {
    // The group is gone already.
  }
}

export function signalProcess(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // The process is gone already.
  }
}

function readLinuxBirth(pid: number): string | null {
  const fields = readStatFields(pid);
  const [state, startTicks] = [fields[0], fields[19]];
  if (startTicks === undefined || state === "Z" || state === "X") return null;
  return `${readOrEmpty("/proc/sys/kernel/random/boot_id").trim()}:${startTicks}`;
}

/** From the third on: the command's name before it is in parentheses and may hold spaces and parentheses itself. */
function readStatFields(pid: number): string[] {
  const stat = readOrEmpty(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function readPosixBirth(pid: number): string | null {
  const started = runPs(["-o", "stat=,lstart=", "-p", String(pid)]).trim();
  return started === "" || started.startsWith("Z") ? null : started.replace(/^\S+\s+/, "");
}

function findByPs(entry: string): number[] {
  return runPs(["-E", "-ww", "-A", "-o", "pid=,command="])
    .split("\n")
    .filter((line) => ` ${line} `.includes(` ${entry} `))
    .map((line) => Number.parseInt(line, 10))
    .filter((pid) => pid !== process.pid);
}

function runPs(args: string[]): string {
  try {
    return execFileSync("ps", args, { encoding: "utf8", timeout: 5000, env: { LC_ALL: "C" } });
  } catch {
    return "";
  }
}

function readOrEmpty(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}
