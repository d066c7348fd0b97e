import { describeReleaseStep } from "./describe-release-step.ts";
import { describeStep } from "./describe-step.ts";
import { createPlainReporter, type ReporterOptions } from "./plain.ts";
import type { ReportEvent, Reporter } from "./reporter.ts";

const clearLine = "\r\u001b[2K";

/** As plain, and the running step stands in the last line until it is done. */
export function createTerminalReporter(options: ReporterOptions): Reporter {
  const { stderr, quiet, paint } = options;
  const plain = createPlainReporter(options);
  let isLineOpen = false;

  function clear(): void {
    if (isLineOpen) stderr.write(clearLine);
    isLineOpen = false;
  }

  return {
    event(event) {
      clear();
      plain.event(event);
      const running = describeRunning(event);
      if (running === null || quiet) return;
      stderr.write(paint("dim", running));
      isLineOpen = true;
    },
    answer(answer) {
      clear();
      plain.answer(answer);
    },
    close: clear,
  };
}

/** The line of the step that runs; null for events that start none. */
function describeRunning(event: ReportEvent): string | null {
  if (event.type !== "step-started" && event.type !== "release-step-started") return null;
  const { subject, doing } =
    event.type === "step-started" ? describeStep(event.step) : describeReleaseStep(event.step);
  return `  … ${subject.padEnd(12)} ${doing} (${event.index + 1}/${event.total})`;
}
