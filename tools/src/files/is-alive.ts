import process from "node:process";

import { hasCode } from "../workspace/has-code.ts";

/** Whether a process of this number runs on this machine; it may be another one than it was. */
export function isAlive(pid: number): boolean {
  try {
    // Signal 0 asks only.
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Any other answer, as EPERM: it lives, but belongs to somebody else.
    return !hasCode(error, "ESRCH");
  }
}
