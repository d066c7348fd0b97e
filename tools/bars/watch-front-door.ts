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

const pauseMs = 5;
const limitMs = 5000;

/** Asks the service again and again, each time on a connection of its own, whatever became of the others. */
export function watchFrontDoor(url: string): FrontDoorWatch {
  const seen: Seen[] = [];
  const asked: Promise<void>[] = [];
  const note = async () => {
    const askedMs = Date.now();
    const instance = await ask(url);
    seen.push({ askedMs, answeredMs: Date.now(), instance });
  };
  const timer = setInterval(() => asked.push(note()), pauseMs);
  return {
    seen,
    async stop() {
      clearInterval(timer);
      await Promise.all(asked);
    },
  };
}

/** The longest time without a good answer, between two of them. */
export function findGapMs(seen: readonly Seen[]): number {
  const good = seen
    .filter(({ instance }) => instance !== null)
    .map(({ answeredMs }) => answeredMs)
    .toSorted((left, right) => left - right);
  return Math.max(0, ...good.slice(1).map((ms, index) => ms - (good[index] ?? ms)));
}

/** When somebody else than this instance answered first, after that time. */
export function findFirstOther(
  seen: readonly Seen[],
  { instance, afterMs }: { instance: string | null; afterMs: number },
): Seen | null {
  const found = seen.filter(
    (one) => one.askedMs >= afterMs && one.instance !== null && one.instance !== instance,
  );
  return found.toSorted((left, right) => left.answeredMs - right.answeredMs)[0] ?? null;
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
