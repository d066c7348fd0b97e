import type { ReleaseEvent } from "../release/release-ports.ts";
import { describeReleaseStep } from "./describe-release-step.ts";
import { formatDuration } from "./format-duration.ts";
import { formatReleasePlan } from "./format-release-plan.ts";
import type { Paint } from "./paint.ts";
import { redact } from "./redact.ts";

type StepEvent = Exclude<ReleaseEvent, { type: "note" } | { type: "warning" }>;

/** One line, or the plan; null for what only a terminal shows. */
export function formatReleaseEvent(event: StepEvent, paint: Paint): string | null {
  switch (event.type) {
    case "release-plan":
      return formatReleasePlan(event.plan, paint);
    case "release-step-started":
      return null;
    case "release-step-done": {
      const { subject, done } = describeReleaseStep(event.step);
      const time =
        event.durationMs >= 100 ? paint("dim", ` ${formatDuration(event.durationMs)}`) : "";
      const detail = event.detail === "" ? "" : ` ${redact(event.detail)}`;
      return `  ${paint("green", "✔")} ${subject.padEnd(12)} ${done ?? ""}${detail}${time}`;
    }
    case "release-step-failed": {
      const { subject } = describeReleaseStep(event.step);
      return `  ${paint("red", "✖")} ${subject.padEnd(12)} ${redact(event.message)}`;
    }
  }
}
