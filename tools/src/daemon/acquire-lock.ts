import { setTimeout as delay } from "node:timers/promises";

import { type HeldLock, holdLock } from "../files/hold-lock.ts";

const pollMs = 10;

/** Null when another daemon of this environment still runs after the wait. */
export async function acquireLock(file: string, waitMs: number): Promise<HeldLock | null> {
  const deadlineMs = Date.now() + waitMs;
  for (;;) {
    const lock = holdLock(file);
    if (lock !== null || Date.now() >= deadlineMs) return lock;
    await delay(pollMs);
  }
}
