/** What strict clients saw: every answer that was not the expected one counts. */
export interface LoadReport {
  short: Tally;
  long: Tally;
  /** `closed` by the service in good form (1001); `cut` without a word. */
  webSockets: { opened: number; messages: number; closed: number; cut: number };
  requestsPerSecond: number;
  latencyMs: { p50: number; p99: number; max: number };
  /** The first few failed requests, in words. */
  failures: readonly string[];
}

export interface Tally {
  sent: number;
  failed: number;
}

/** Collects while the clients run. */
export class LoadRecorder {
  readonly short: Tally = { sent: 0, failed: 0 };
  readonly long: Tally = { sent: 0, failed: 0 };
  readonly webSockets = { opened: 0, messages: 0, closed: 0, cut: 0 };
  readonly failures: string[] = [];
  readonly #latenciesMs: number[] = [];
  readonly #startedMs = performance.now();

  countAnswer(kind: "short" | "long", durationMs: number): void {
    this[kind].sent += 1;
    if (kind === "short") this.#latenciesMs.push(durationMs);
  }

  countFailure(kind: "short" | "long", what: string): void {
    this[kind].sent += 1;
    this[kind].failed += 1;
    this.explain(what);
  }

  explain(what: string): void {
    if (this.failures.length < 20) this.failures.push(what);
  }

  report(): LoadReport {
    const seconds = (performance.now() - this.#startedMs) / 1000;
    const sorted = this.#latenciesMs.toSorted((a, b) => a - b);
    const at = (share: number) => sorted[Math.floor((sorted.length - 1) * share)] ?? 0;
    return {
      short: this.short,
      long: this.long,
      webSockets: this.webSockets,
      requestsPerSecond: Math.round(this.short.sent / seconds),
      latencyMs: { p50: round(at(0.5)), p99: round(at(0.99)), max: round(at(1)) },
      failures: this.failures,
    };
  }
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
