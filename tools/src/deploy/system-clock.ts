import { setTimeout as sleep } from "node:timers/promises";

import type { Clock } from "./run-ports.ts";

export const systemClock: Clock = {
  now: () => new Date(),
  async sleep(ms, signal) {
    try {
      await sleep(ms, undefined, signal === undefined ? {} : { signal });
    } catch {
      // Aborted: whoever sleeps looks at the signal itself.
    }
  },
};
