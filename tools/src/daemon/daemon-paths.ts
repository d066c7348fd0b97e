import { createHash } from "node:crypto";
import { userInfo } from "node:os";
import { join } from "node:path";

/** Files of an environment's daemon below its state folder. */
export interface DaemonPaths {
  state: string;
  lock: string;
  socket: string;
  logs: string;
  daemonLog: string;
  accessLog: string;
  inbox: string;
}

/** Kernel limit for the path of a unix socket, without the final NUL; 103 on macOS. */
const socketPathLimit = 103;

export function planDaemonPaths(stateFolder: string): DaemonPaths {
  const logs = join(stateFolder, "logs");
  return {
    state: join(stateFolder, "daemon.json"),
    lock: join(stateFolder, "daemon.lock"),
    socket: planSocketPath(stateFolder),
    logs,
    daemonLog: join(logs, "daemon.log"),
    accessLog: join(logs, "access.log"),
    inbox: join(stateFolder, "inbox"),
  };
}

/** Names one environment on this machine, in every process started for it. */
export function planOwnerId(stateFolder: string): string {
  return createHash("sha256").update(stateFolder).digest("hex").slice(0, 16);
}

function planSocketPath(stateFolder: string): string {
  const preferred = join(stateFolder, "daemon.sock");
  if (Buffer.byteLength(preferred) <= socketPathLimit) return preferred;
  // Not `tmpdir()`: two commands with another TMPDIR must meet at the same daemon.
  return join("/tmp", `slipway-${userInfo().uid}`, `${planOwnerId(stateFolder)}.sock`);
}
