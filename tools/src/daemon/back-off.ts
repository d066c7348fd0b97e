const delaysMs = [200, 500, 1000, 2000, 5000, 10_000, 30_000] as const;

/** A process that ran this long starts its next series of attempts from the beginning. */
export const stableAfterMs = 30_000;

/** How long to wait before the next attempt, after so many in a row. */
export function planRestartDelayMs(attempts: number): number {
  return delaysMs[Math.min(attempts, delaysMs.length - 1)] ?? 30_000;
}
