import { readFile, statfs } from "node:fs/promises";
import { freemem, hostname } from "node:os";

import type { HostFacts } from "../hosts/platform.ts";

/** Room on this machine: where the environment's files are, and in memory. */
export async function readHostFacts(folder: string): Promise<HostFacts> {
  const { bavail, bsize } = await statfs(folder);
  return {
    name: hostname(),
    freeDiskMb: Math.floor((bavail * bsize) / 1e6),
    freeMemoryMb: await readFreeMemoryMb(),
    clockAheadMs: 0,
  };
}

/** With what the kernel would give back: without it, a machine that has read many files would look full. */
async function readFreeMemoryMb(): Promise<number> {
  const meminfo = await readFile("/proc/meminfo", "utf8").catch(() => "");
  const availableKb = /^MemAvailable:\s+(\d+) kB/m.exec(meminfo)?.[1];
  return Math.floor(availableKb === undefined ? freemem() / 1e6 : Number(availableKb) / 1000);
}
