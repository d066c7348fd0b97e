/** A worker of HAProxy: the one that takes new connections, or one that a reload has left to its old ones. */
export interface Worker {
  pid: number;
  isCurrent: boolean;
}

export interface ObservedServer {
  host: string;
  port: number;
  state: "ready" | "drain" | "maint";
}

/** From `show proc` of the master. */
export function parseWorkers(text: string): Worker[] {
  const current = /^# workers$([\s\S]*?)^#/m.exec(text)?.[1] ?? "";
  const isCurrent = new Set(pidsOf(current));
  return pidsOf(text).map((pid) => ({ pid, isCurrent: isCurrent.has(pid) }));
}

/** How many reloads have failed since the last good one. */
export function parseFailedReloads(text: string): number {
  return Number(/\[failed: (\d+)\]/.exec(text)?.[1] ?? 0);
}

/** From `show info`: which configuration the worker has read. */
export function parseFingerprint(text: string): string | null {
  return /^description: (\S+)/m.exec(text)?.[1] ?? null;
}

/** From `show servers state`: by `pool03/a`. */
export function parseServers(text: string): Map<string, ObservedServer> {
  const rows = text.split("\n").map((line) => line.split(" "));
  return new Map(
    rows
      .filter(([id = "", pool = ""]) => /^\d+$/.test(id) && /^pool\d+$/.test(pool))
      .map((fields) => {
        const [, pool = "", , server = "", host = "", , admin = "0"] = fields;
        return [
          `${pool}/${server}`,
          { host, port: Number(fields[18]), state: stateOf(Number(admin)) },
        ];
      }),
  );
}

/** From `show map`: without the address in memory that precedes each line. */
export function parseMap(text: string): string[] {
  return text.split("\n").flatMap((line) => /^0x[0-9a-f]+ (.*)$/.exec(line)?.[1] ?? []);
}

/** From `show stat -1 4 -1`: requests that run on an address or wait for it. */
export function parseSessions(text: string): Map<string, number> {
  const [header = "", ...lines] = text.split("\n");
  const columns = header.replace("# ", "").split(",");
  const sessions = new Map<string, number>();
  for (const line of lines.filter((one) => /^pool\d+,/.test(one))) {
    const fields = line.split(",");
    const read = (column: string) => fields[columns.indexOf(column)] ?? "";
    const count = Number(read("qcur")) + Number(read("scur"));
    sessions.set(read("addr"), (sessions.get(read("addr")) ?? 0) + count);
  }
  return sessions;
}

function pidsOf(text: string): number[] {
  return [...text.matchAll(/^(\d+)\s+worker\s/gm)].map(([, pid]) => Number(pid));
}

/** Bits of `srv_admin_state`: set by hand, inherited, by the configuration, by DNS, by a missing name. */
function stateOf(admin: number): ObservedServer["state"] {
  const forcedMaintenance = 0x01;
  const inheritedMaintenance = 0x02;
  const drained = 0x08;
  const inheritedDrain = 0x10;
  if ((admin & (forcedMaintenance | inheritedMaintenance)) !== 0) return "maint";
  return (admin & (drained | inheritedDrain)) === 0 ? "ready" : "drain";
}
