export interface Measured {
  /** How many there are in all, where the answer is a page. */
  count: number | null;
  p50Ms: number;
  p95Ms: number;
}

export interface Probe {
  url: string;
  headers: Readonly<Record<string, string>>;
  /** How many requests are measured; a few more come before. */
  rounds: number;
}

const WARM_UP_ROUNDS = 3;

/** One request after the other over HTTP, each read to its end. */
export async function measure(probe: Probe): Promise<Measured> {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    await request(probe);
  }
  const timesMs: number[] = [];
  let body = await request(probe);
  for (let round = 0; round < probe.rounds; round += 1) {
    const startedAt = performance.now();
    body = await request(probe);
    timesMs.push(performance.now() - startedAt);
  }
  return {
    count: findCount(body),
    p50Ms: findPercentile(timesMs, 0.5),
    p95Ms: findPercentile(timesMs, 0.95),
  };
}

/** The value that this share of all values does not exceed. */
export function findPercentile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? 0;
}

async function request({ url, headers }: Probe): Promise<unknown> {
  const answer = await fetch(url, { headers });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`GET ${url} answered ${answer.status}: ${text.slice(0, 300)}`);
  }
  return JSON.parse(text);
}

function findCount(body: unknown): number | null {
  const { meta, data }: { meta?: { count?: number }; data?: unknown } = Object(body);
  return meta?.count ?? (Array.isArray(data) ? data.length : null);
}
