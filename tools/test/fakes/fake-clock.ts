import { setImmediate as nextTurn } from "node:timers/promises";

import type { Clock } from "../../src/deploy/run-ports.ts";

export const fakeStart = "2026-11-23T12:00:00.000Z";

/** Sleeping takes no time, but the clock goes on as if it did. */
export function createFakeClock(): Clock {
  let nowMs = Date.parse(fakeStart);
  return {
    now: () => new Date(nowMs),
    async sleep(ms, signal) {
      await nextTurn();
      if (signal?.aborted !== true) nowMs += ms;
    },
  };
}

export interface ManualClock extends Clock {
  advance(ms: number): Promise<void>;
}

/** Time stands still until the test moves it; then everybody whose time has come wakes. */
export function createManualClock(): ManualClock {
  let nowMs = Date.parse(fakeStart);
  const sleepers = new Set<{ atMs: number; wake(): void }>();
  return {
    now: () => new Date(nowMs),
    sleep(ms, signal) {
      return new Promise((resolve) => {
        const sleeper = { atMs: nowMs + ms, wake: resolve };
        if (signal?.aborted === true) return resolve();
        sleepers.add(sleeper);
        signal?.addEventListener("abort", () => {
          sleepers.delete(sleeper);
          resolve();
        });
      });
    },
    async advance(ms) {
      nowMs += ms;
      for (const sleeper of [...sleepers].filter(({ atMs }) => atMs <= nowMs)) {
        sleepers.delete(sleeper);
        sleeper.wake();
      }
      await nextTurn();
      await nextTurn();
    },
  };
}
