import { type ChildProcess, spawn } from "node:child_process";
import { closeSync, openSync, writeSync } from "node:fs";
import { constants } from "node:os";

export interface Owner {
  uid: number;
  gid: number;
}

/** Everything needed to start a process again, also by a later daemon. Holds no secret. */
export interface ProcessSpec {
  id: string;
  command: string;
  args: string[];
  cwd: string;
  env: Record<string, string>;
  /** User to run as; null keeps the daemon's. */
  owner: Owner | null;
  /** Standard output and error are appended here. */
  logFile: string;
  stopSignal: "SIGTERM" | "SIGINT";
}

/**
 * Starts a process in a session of its own. It writes straight to its log file, so that it neither needs nor notices
 * the daemon that started it. `onExit` is called once.
 */
export function spawnProcess(spec: ProcessSpec, onExit: (exitCode: number) => void): ChildProcess {
  const log = openSync(spec.logFile, "a", 0o600);
  const child = spawn(spec.command, spec.args, {
    cwd: spec.cwd,
    env: spec.env,
    detached: true,
    stdio: ["ignore", log, log],
    ...spec.owner,
  });
  child.once("error", (cause) => {
    if (child.pid !== undefined) return;
    appendLine(spec.logFile, `The process could not be started: ${cause.message}`);
    onExit(127);
  });
  child.once("exit", (code, signal) =>
    onExit(code ?? 128 + constants.signals[signal ?? "SIGKILL"]),
  );
  closeSync(log);
  return child;
}

function appendLine(file: string, line: string): void {
  const log = openSync(file, "a", 0o600);
  writeSync(log, `${line}\n`);
  closeSync(log);
}
