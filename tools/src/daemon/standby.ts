import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";

import type { DaemonContext, DaemonOptions } from "./daemon-context.ts";

/** A daemon that dies sooner than this is not followed by another, or a fault at its start would go round for ever. */
const firstAfterMs = 1000;
const nextAfterMs = 5000;
const endLimitMs = 2000;
const farewell = "end\n";

export interface Standby {
  /** Whether somebody would take over right now. */
  isReady(): boolean;
  /** The daemon ends on purpose: nobody takes over. */
  stop(): Promise<void>;
}

/**
 * Keeps a second daemon loaded that does nothing but wait on a pipe which only the first one holds. However that one
 * dies, the kernel closes the pipe, and the second takes over in a fraction of the time that a start takes.
 */
export function keepStandby(options: DaemonOptions, log: DaemonContext["log"]): Standby {
  let child: ChildProcess | null = null;
  let isEnding = false;
  let timer = setTimeout(start, firstAfterMs);

  function start(): void {
    const [, script = ""] = process.argv;
    const standby = JSON.stringify({ ...options, awaitLockMs: 5000, isStandby: true });
    child = spawn(process.execPath, [script, standby], {
      detached: true,
      cwd: "/",
      env: process.env,
      stdio: ["pipe", "inherit", "inherit"],
    });
    // It may die between our look and our word.
    child.stdin?.on("error", () => {});
    child.on("error", (cause) => log("standby-failed", { cause: String(cause) }));
    child.once("exit", replace);
    child.unref();
  }

  function replace(): void {
    child = null;
    if (isEnding) return;
    timer = setTimeout(start, nextAfterMs);
    timer.unref();
  }

  timer.unref();
  return {
    isReady: () => child !== null,
    async stop() {
      isEnding = true;
      clearTimeout(timer);
      if (child === null) return;
      const ended = once(child, "exit", { signal: AbortSignal.timeout(endLimitMs) });
      child.stdin?.end(farewell);
      await ended.catch(() => child?.kill("SIGKILL"));
    },
  };
}

/** The second daemon's half. True when the first has died; false when it ended on purpose. */
export async function awaitTurn(lifeline: NodeJS.ReadStream): Promise<boolean> {
  let word = "";
  for await (const chunk of lifeline.setEncoding("utf8")) word += String(chunk);
  return word !== farewell;
}
