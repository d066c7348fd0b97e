import type { FlowsResult } from "../e2e/run-flows.ts";
import { SlipwayError } from "../errors.ts";
import type { Check } from "./check.ts";

/** Each flow as a check. Throws VERIFICATION_INCONCLUSIVE when they say neither yes nor no. */
export function checkFlows({ flows, errors, isPassed }: FlowsResult): readonly Check[] {
  const left = flows.filter(({ state }) => state === "skipped");
  const isBroken = flows.some(({ state }) => state === "failed");
  if (flows.length === 0) throw inconclusive("No flow ran.", errors);
  if (!isBroken && left.length > 0) {
    const details = left.map(({ flow, leftOut }) => `${flow}: ${leftOut ?? "no reason given"}`);
    throw inconclusive(`${left.length} of ${flows.length} flows were left out.`, details);
  }
  const ran = flows.filter(({ state }) => state !== "skipped");
  return [
    ...ran.map(({ flow, title, durationMs, error, state }) => ({
      suite: "browser" as const,
      subject: flow,
      title,
      durationMs,
      fault: state === "failed" ? (error ?? "it failed and did not say why") : null,
    })),
    ...listRunFaults(isPassed || isBroken, errors),
  ];
}

/** What went wrong beside the flows: one that cannot be loaded, for example. */
function listRunFaults(isExplained: boolean, errors: readonly string[]): readonly Check[] {
  if (isExplained && errors.length === 0) return [];
  const fault = errors.join("\n") || "it ended with an error and did not say why";
  return [
    { suite: "browser", subject: "all", title: "the run of all flows", durationMs: 0, fault },
  ];
}

function inconclusive(message: string, details: readonly string[]): SlipwayError {
  return new SlipwayError("VERIFICATION_INCONCLUSIVE", message, {
    details: [...new Set(details)],
    hint: "Nothing was recorded. Mend what is missing, and run it again; or look only at what needs no browser: --smoke",
  });
}
