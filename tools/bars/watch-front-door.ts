import { setTimeout as delay } from "node:timers/promises";

/** What one request was answered with. */
export interface Seen {
  /** When it was sent and when it was answered, `Date.now()`. */
  askedMs: number;
  answeredMs: number;
  /** Who answered; null when nobody did, or not well. */
  instance: string | null;
}

export interface FrontDoorWatch {
  seen: readonly Seen[];
  stop(): Promise<void>;
}

const pauseMs = 3;
const limitMs = 2000;

/** Asks the service again and again, one request after the other, each on a connection of its own. */
export function watchFrontDoor(url: string): FrontDoorWatch {
  const seen: Seen[] = [];
  const ending = new AbortController();
  const done = (async () => {
    while (!ending.signal.aborted) {
      const askedMs = Date.now();
      const instance = await ask(url);
      seen.push({ askedMs, answeredMs: Date.now(), instance });
      await delay(pauseMs);
    }
  })();
  return {
    seen,
    async stop() {
      ending.abort();
      await done;
    },
  };
}

/** The longest time from a good answer to the next, with failures in between; 0 without failures. */
export function findGapMs(seen: readonly Seen[]): number {
  let lastGood = seen[0]?.answeredMs ?? 0;
  let hasFailed = false;
  let longestMs = 0;
  for (const { askedMs, answeredMs, instance } of seen) {
    const isSlow = answeredMs - askedMs > 50;
    if (instance === null) hasFailed = true;
    else {
      if (hasFailed || isSlow) longestMs = Math.max(longestMs, answeredMs - lastGood);
      lastGood = answeredMs;
      hasFailed = false;
    }
  }
  return longestMs;
}

/** When somebody else than this instance answered first, after that time. */
export function findFirstOther(
  seen: readonly Seen[],
  { instance, afterMs }: { instance: string | null; afterMs: number },
): Seen | null {
  const found = seen.find(
    (one) => one.askedMs >= afterMs && one.instance !== null && one.instance !== instance,
  );
  return found ?? null;
}

async function ask(url: string): Promise<string | null> {
  try {
    const answer = await fetch(url, {
      headers: { connection: "close" },
      signal: AbortSignal.timeout(limitMs),
    });
    const text = await answer.text();
    if (!answer.ok) return null;
    const { instance }: { instance?: string } = JSON.parse(text);
    return instance ?? null;
  } catch {
    return null;
  }
}
