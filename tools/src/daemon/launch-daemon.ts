import { spawn } from "node:child_process";
import { closeSync, mkdirSync, openSync } from "node:fs";
import { join } from "node:path";
import type { Readable } from "node:stream";

import { Value } from "typebox/value";

import { type ErrorCode, errorKinds, SlipwayError } from "../errors.ts";
import type { DaemonOptions } from "./daemon-context.ts";
import { planDaemonPaths } from "./daemon-paths.ts";
import { LaunchReport } from "./launch-report.ts";
import { readLastLines } from "./read-log.ts";

const limitMs = 60_000;

export const daemonScript = join(import.meta.dirname, "main.ts");

/** What the daemon itself may see of the environment: enough to run, nothing secret. */
export type LaunchEnvironment = Readonly<Record<string, string | undefined>>;

/**
 * Starts a daemon that outlives this process and waits until it can be spoken to. Of several at once all but one end
 * by themselves; each caller finds that one on the socket.
 */
export async function launchDaemon(
  options: DaemonOptions,
  { nodePath, env }: { nodePath: string; env: LaunchEnvironment },
): Promise<void> {
  const paths = planDaemonPaths(options.stateFolder);
  mkdirSync(paths.logs, { recursive: true, mode: 0o700 });
  const log = openSync(paths.daemonLog, "a", 0o600);
  const daemon = spawn(nodePath, [daemonScript, JSON.stringify(options)], {
    detached: true,
    cwd: "/",
    env: { ...env },
    stdio: ["ignore", log, log, "pipe"],
  });
  closeSync(log);
  const pipe = daemon.stdio[3];
  const failed = new Promise<string>((resolve) =>
    daemon.once("error", (cause) => resolve(cause.message)),
  );
  const line = await Promise.race([readFirstLine(pipe), failed]);
  daemon.unref();
  const report = parseReport(line);
  if (report === null) throw await silentLaunch(paths.daemonLog);
  if (report.kind === "failed") throw rebuildFailure(report);
}

async function readFirstLine(pipe: unknown): Promise<string> {
  if (!isReadable(pipe)) return "";
  const limit = setTimeout(() => pipe.destroy(), limitMs);
  let text = "";
  try {
    for await (const chunk of pipe.setEncoding("utf8")) text += chunk;
  } catch {
    // Cut off by the limit: what came counts.
  } finally {
    clearTimeout(limit);
  }
  return text;
}

function isReadable(pipe: unknown): pipe is Readable {
  return typeof pipe === "object" && pipe !== null && "setEncoding" in pipe;
}

function parseReport(line: string): LaunchReport | null {
  try {
    const value: unknown = JSON.parse(line);
    return Value.Check(LaunchReport, value) ? value : null;
  } catch {
    return null;
  }
}

function rebuildFailure({ code, message, hint }: Extract<LaunchReport, { kind: "failed" }>): Error {
  const known = code !== null && isErrorCode(code) ? code : "DAEMON_FAILED";
  return new SlipwayError(known, message, hint === null ? {} : { hint });
}

async function silentLaunch(logFile: string): Promise<SlipwayError> {
  const lines = await readLastLines(logFile, 5);
  return new SlipwayError("DAEMON_FAILED", "The environment's daemon ended at its start.", {
    hint: `Its log is ${logFile}. Last lines: ${lines.join(" | ") || "none"}`,
  });
}

function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(errorKinds, code);
}
