import { describeStep } from "./describe-step.ts";
import { createPlainReporter, type ReporterOptions } from "./plain.ts";
import type { Reporter } from "./reporter.ts";

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
      if (event.type !== "step-started" || quiet) return;
      const { subject, doing } = describeStep(event.step);
      stderr.write(
        paint("dim", `  … ${subject.padEnd(12)} ${doing} (${event.index + 1}/${event.total})`),
      );
      isLineOpen = true;
    },
    answer(answer) {
      clear();
      plain.answer(answer);
    },
    close: clear,
  };
}
