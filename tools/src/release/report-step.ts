import type { ReleaseStep } from "./release-plan.ts";
import type { ReleasePorts } from "./release-ports.ts";

interface StepPlace {
  step: ReleaseStep;
  index: number;
  total: number;
}

/** Tells how a step goes; `work` returns what is worth adding. */
export async function reportStep(
  place: StepPlace,
  { clock, report }: ReleasePorts,
  work: () => Promise<string>,
): Promise<string> {
  const { step } = place;
  const startedAt = clock.now().getTime();
  const measure = () => clock.now().getTime() - startedAt;
  report({ type: "release-step-started", ...place });
  try {
    const detail = await work();
    report({ type: "release-step-done", step, durationMs: measure(), detail });
    return detail;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    report({ type: "release-step-failed", step, durationMs: measure(), message });
    throw error;
  }
}
