import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Who listens on a TCP port of this machine, as `node (pid 4711)`; null when that can't be seen. */
export function findPortHolder(port: number): string | null {
  const sockets = new Set(
    ["/proc/net/tcp", "/proc/net/tcp6"].flatMap((table) => readListeners(table, port)),
  );
  if (sockets.size === 0) return null;
  const pid = readFolder("/proc")
    .filter((name) => /^\d+$/.test(name))
    .find((name) => holdsSocket(name, sockets));
  if (pid === undefined) return null;
  return `${readText(`/proc/${pid}/comm`).trim()} (pid ${pid})`;
}

function readListeners(table: string, port: number): string[] {
  const listening = "0A";
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, "0")}`;
  return readText(table)
    .split("\n")
    .map((line) => line.trim().split(/\s+/))
    .filter((fields) => fields[1]?.endsWith(suffix) === true && fields[3] === listening)
    .map((fields) => `socket:[${fields[9]}]`);
}

function holdsSocket(pid: string, sockets: ReadonlySet<string>): boolean {
  return readFolder(`/proc/${pid}/fd`).some((fd) => sockets.has(readLink(`/proc/${pid}/fd/${fd}`)));
}

function readFolder(path: string): string[] {
  try {
    return readdirSync(path);
  } catch {
    return [];
  }
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return "";
  }
}

function readLink(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
