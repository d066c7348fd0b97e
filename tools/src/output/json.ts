import type { ReporterOptions } from "./plain.ts";
import type { Reporter } from "./reporter.ts";

/** One object a line on stdout, each with `type` and `version`; fields may be added, never changed. */
export function createJsonReporter({ stdout }: Pick<ReporterOptions, "stdout">): Reporter {
  const write = (document: object) => stdout.write(`${JSON.stringify(document)}\n`);
  return {
    event(event) {
      // The plan keeps its own version; everything else is an event of this protocol.
      write(event.type === "plan" ? { type: "plan", ...event.plan } : { version: 1, ...event });
    },
    answer({ document }) {
      write(document);
    },
    close() {},
  };
}
