import { spawn } from "node:child_process";
import { closeSync, openSync } from "node:fs";

import { labFolder, labMark } from "./lab-facts.ts";
import { programsEnv } from "./programs.ts";

/** A process that outlives this one; gives its id. */
export function startDetached(argv: readonly string[], logFile: string): number {
  const [command = "", ...args] = argv;
  const log = openSync(logFile, "a");
  const child = spawn(command, args, {
    env: { ...process.env, ...programsEnv(), [labMark]: labFolder },
    detached: true,
    stdio: ["ignore", log, log],
  });
  closeSync(log);
  child.unref();
  if (child.pid === undefined) throw new Error(`${command} could not be started; see ${logFile}.`);
  return child.pid;
}
