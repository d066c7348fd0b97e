import type { Host } from "./host.ts";
import type { HostFacts } from "./platform.ts";
import { runOnHost } from "./run-on-host.ts";

const script =
  'mkdir -p "$1"; df -Pk "$1" | tail -n 1; grep MemAvailable /proc/meminfo; date +%s%3N';

/** Room and clock of a host. The clock is compared with the middle of the time that asking took. */
export async function readRemoteFacts(host: Host, now: () => number): Promise<HostFacts> {
  const askedMs = now();
  const said = await runOnHost(host, { argv: ["sh", "-c", script, "sh", host.folder] });
  const middleMs = (askedMs + now()) / 2;
  return { name: host.name, ...parseFacts(said, middleMs) };
}

function parseFacts(said: string, middleMs: number): Omit<HostFacts, "name"> {
  const [disk = "", memory = "", clock = ""] = said.trim().split("\n");
  const freeKb = Number(disk.split(/\s+/u)[3]);
  const memoryKb = Number(/(?<kb>\d+) kB/u.exec(memory)?.groups?.["kb"]);
  return {
    freeDiskMb: Math.floor((freeKb * 1024) / 1e6),
    freeMemoryMb: Math.floor(memoryKb / 1000),
    clockAheadMs: Math.round(Number(clock) - middleMs),
  };
}
