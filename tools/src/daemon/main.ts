/* oxlint-disable unicorn/no-process-exit -- the entry of a process of its own, which ends here and nowhere else */
import { spawn } from "node:child_process";
import { closeSync, writeSync } from "node:fs";
import { flushCompileCache } from "node:module";
import { inspect } from "node:util";

import { SlipwayError } from "../errors.ts";
import type { AcceptListener, DaemonOptions } from "./daemon-context.ts";
import { type RunningDaemon, startDaemon } from "./daemon.ts";
import { receiveListeners, reportServing } from "./hand-over.ts";
import type { LaunchReport } from "./launch-report.ts";
import { parseDaemonOptions } from "./parse-daemon-options.ts";
import { awaitTurn } from "./standby.ts";

/** Where whoever launched the daemon waits for one line. */
const reportFd = 3;
const servicesMaySee = ["PATH", "TZ", "LANG"];
const crashLoopMs = 1000;

const options = parseDaemonOptions(process.argv[2] ?? "");
const startedMs = Date.now();
let daemon: RunningDaemon | null = null;

process.on("uncaughtException", (cause) => {
  log("bug", { cause: inspect(cause) });
  // The services run on; somebody must route to them.
  if (daemon?.hasStandby() !== true && Date.now() - startedMs > crashLoopMs) {
    launchSuccessor(options);
  }
  process.exit(1);
});
process.on("SIGHUP", () => {});

if (options.isStandby !== true || (await awaitTurn(process.stdin))) await run();

async function run(): Promise<void> {
  try {
    const own = await startDaemon(options, readHost(), log);
    daemon = own;
    report(own === null ? { kind: "other" } : { kind: "ready" });
    reportServing(process);
    if (own === null) return;
    // Otherwise written at the end only, which a killed daemon never reaches.
    flushCompileCache();
    process.once("SIGTERM", () => void own.shutdown());
    process.once("SIGINT", () => void own.shutdown());
    await own.ended;
    log("daemon-ended", {});
    process.exit(0);
  } catch (cause) {
    log("daemon-failed", { cause: inspect(cause) });
    report(describeFailure(cause));
    process.exit(1);
  }
}

function readHost() {
  const visible = servicesMaySee.flatMap((name): [string, string][] => {
    const value = process.env[name];
    return value === undefined ? [] : [[name, value]];
  });
  return {
    isRoot: process.getuid?.() === 0,
    nodePath: process.execPath,
    env: Object.fromEntries(visible),
    pid: process.pid,
    inheritListeners:
      process.send === undefined
        ? null
        : async (accept: AcceptListener) => await receiveListeners(process, accept),
  };
}

function describeFailure(cause: unknown): LaunchReport {
  if (cause instanceof SlipwayError) {
    return { kind: "failed", code: cause.code, message: cause.message, hint: cause.hint ?? null };
  }
  const message = cause instanceof Error ? cause.message : String(cause);
  return { kind: "failed", code: null, message, hint: null };
}

function report(outcome: LaunchReport): void {
  try {
    writeSync(reportFd, `${JSON.stringify(outcome)}\n`);
    closeSync(reportFd);
  } catch {
    // Nobody waits any more, or nobody ever did: a successor has no such descriptor.
  }
}

function launchSuccessor(own: DaemonOptions): void {
  const successor = JSON.stringify({ ...own, awaitLockMs: 5000 });
  const [, script = ""] = process.argv;
  spawn(process.execPath, [script, successor], {
    detached: true,
    cwd: "/",
    env: process.env,
    stdio: ["ignore", "inherit", "inherit"],
  }).unref();
}

function log(event: string, facts: object): void {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), event, ...facts })}\n`);
}
