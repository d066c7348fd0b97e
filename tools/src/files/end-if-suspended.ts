import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import process from "node:process";

/** Kills the process if it is stopped (SIGSTOP, Ctrl-Z); one that is only slow is left alone. */
export function endIfSuspended(pid: number): void {
  if (!Number.isInteger(pid) || pid <= 1 || pid === process.pid) return;
  if (!readState(pid).startsWith("T")) return;
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It has ended by itself, or belongs to somebody else: the caller's limit will tell.
  }
}

/** One letter as `ps` shows it; empty when there is no such process. */
function readState(pid: number): string {
  try {
    if (process.platform !== "linux") {
      return execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }).trim();
    }
    const stat = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold anything.
    return stat.slice(stat.lastIndexOf(")") + 2);
  } catch {
    return "";
  }
}
