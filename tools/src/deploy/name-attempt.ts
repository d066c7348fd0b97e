import { hashContent } from "./hash-content.ts";
import type { Step } from "./plan.ts";

/** Names what a run tries: the images it puts into traffic and the settings they start with. */
export function nameAttempt(steps: readonly Step[]): string {
  const targets = steps.flatMap((step) =>
    step.kind === "shift" ? [`${step.service} ${step.to.digest} ${step.to.settings}`] : [],
  );
  return hashContent(targets.toSorted()).slice(0, 16);
}
