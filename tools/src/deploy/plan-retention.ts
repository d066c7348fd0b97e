import type { EnvironmentState } from "./environment-state.ts";

/**
 * Digests whose images must stay: of what runs, is kept warm or pinned, of the last versions of each service, and of
 * what a run on its way starts. What was verified here is among them until it is replaced so often that nobody goes
 * back to it.
 */
export function planRetention(
  state: Pick<EnvironmentState, "services" | "earlier" | "pins" | "openRun">,
): ReadonlySet<string> {
  const { services, earlier, pins, openRun } = state;
  const kept = [...Object.values(services), ...Object.values(earlier).flat()];
  return new Set([
    ...kept.map(({ release }) => release.digest),
    ...Object.values(pins).map(({ digest }) => digest),
    ...Object.values(openRun?.plan.set.services ?? {}).map(({ digest }) => digest),
  ]);
}
