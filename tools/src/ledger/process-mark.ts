import { readFile } from "node:fs/promises";
import { hostname } from "node:os";
import process from "node:process";

import { isAlive } from "../files/is-alive.ts";
import type { LeaseHolder } from "./ledger-store.ts";

/** What tells this process from all others, also from a later one with its id. */
export async function readOwnMark(): Promise<Pick<LeaseHolder, "host" | "pid" | "pidStartedAt">> {
  return { host: hostname(), pid: process.pid, pidStartedAt: await readStartTime(process.pid) };
}

/** True when the holder ran on this machine and its process is provably over. */
export async function isHolderGone({ host, pid, pidStartedAt }: LeaseHolder): Promise<boolean> {
  if (host !== hostname()) return false;
  if (!isAlive(pid)) return true;
  const startTime = await readStartTime(pid);
  return pidStartedAt !== null && startTime !== null && startTime !== pidStartedAt;
}

/** Ticks since boot; null where there is no /proc. */
async function readStartTime(pid: number): Promise<string | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in parentheses and may hold spaces.
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    const startTime = 19;
    return fields[0] === "Z" ? "zombie" : (fields[startTime] ?? null);
  } catch {
    return null;
  }
}
