import { setTimeout as delay } from "node:timers/promises";

import {
  findProcessesByEnvironment,
  isRunning,
  type ProcessIdentity,
  readGroup,
  readIdentity,
  signalProcess,
} from "./process-identity.ts";

const graceMs = 2000;
const pollMs = 50;

/**
 * Ends every process of this environment that nobody accounts for: started by a daemon that died before it could
 * write that down, or left behind by a service. `known` are the leaders of the groups that may stay.
 */
export async function sweepStrays(
  ownerEntry: string,
  known: ReadonlySet<number>,
): Promise<readonly number[]> {
  const strays = findProcessesByEnvironment(ownerEntry)
    .filter((pid) => !known.has(readGroup(pid) ?? pid))
    .map(readIdentity)
    .filter((identity) => identity !== null);
  for (const { pid } of strays) signalProcess(pid, "SIGTERM");
  const deadlineMs = Date.now() + graceMs;
  while (strays.some(isRunning) && Date.now() < deadlineMs) await delay(pollMs);
  for (const stray of strays) endHard(stray);
  return strays.map(({ pid }) => pid);
}

function endHard(stray: ProcessIdentity): void {
  if (isRunning(stray)) signalProcess(stray.pid, "SIGKILL");
}
