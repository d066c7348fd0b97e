import type { OutputStream } from "../cli/command.ts";
import { describeStep } from "./describe-step.ts";
import { formatDuration } from "./format-duration.ts";
import { formatPlan } from "./format-plan.ts";
import { formatReleaseEvent } from "./format-release-event.ts";
import type { Paint } from "./paint.ts";
import { redact } from "./redact.ts";
import type { ReportEvent, Reporter } from "./reporter.ts";

export interface ReporterOptions {
  stdout: OutputStream;
  stderr: OutputStream;
  quiet: boolean;
  paint: Paint;
}

/** One line an event, for pipes, files and CI: nothing moves, nothing is overwritten. */
export function createPlainReporter({ stdout, stderr, quiet, paint }: ReporterOptions): Reporter {
  return {
    event(event) {
      const text = quiet ? null : formatEvent(event, paint);
      if (text !== null) stderr.write(`${text}\n`);
    },
    answer({ text, advice }) {
      if (advice !== undefined && !quiet) stderr.write(`${advice}\n`);
      if (text !== "") stdout.write(`${text}\n`);
    },
    close() {},
  };
}

/** Null for events that only a terminal shows. */
// oxlint-disable-next-line complexity -- one line a kind; the compiler finds a forgotten one
export function formatEvent(event: ReportEvent, paint: Paint): string | null {
  switch (event.type) {
    case "note":
      return redact(event.text);
    case "warning":
      return paint("yellow", `! ${redact(event.text)}`);
    case "plan":
      return formatPlan(event.plan, paint);
    case "step-started":
      return null;
    case "step-done":
      return formatStepDone(event, paint);
    case "step-failed":
      return `  ${paint("red", "✖")} ${formatSubject(event)}${event.message}`;
    case "release-plan":
    case "release-step-started":
    case "release-step-done":
    case "release-step-failed":
      return formatReleaseEvent(event, paint);
  }
}

function formatStepDone(event: ReportEvent & { type: "step-done" }, paint: Paint): string | null {
  const { done } = describeStep(event.step);
  if (done === null) return null;
  const time = event.durationMs >= 100 ? paint("dim", formatDuration(event.durationMs)) : "";
  return `  ${paint("green", "✔")} ${formatSubject(event)}${done.padEnd(24)} ${time}`.trimEnd();
}

function formatSubject(event: ReportEvent & { type: "step-done" | "step-failed" }): string {
  return `${describeStep(event.step).subject.padEnd(12)} `;
}
