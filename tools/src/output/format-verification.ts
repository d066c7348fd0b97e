import type { Check } from "../verify/check.ts";
import { formatDuration } from "./format-duration.ts";
import { formatTable } from "./format-table.ts";

export interface VerificationText {
  environment: string;
  set: string;
  isPassed: boolean;
  isRecorded: boolean;
  checks: readonly Check[];
  leftOut: readonly string[];
}

/** Every check with its time, each fault in full, and what it means for the set. */
export function formatVerification(result: VerificationText): string {
  const { checks, leftOut } = result;
  const faults = checks.filter(({ fault }) => fault !== null);
  const rows = checks.map(({ subject, title, durationMs, fault }) => [
    fault === null ? "✔" : "✖",
    subject,
    title,
    formatDuration(durationMs),
  ]);
  return [
    formatTable(rows),
    ...faults.flatMap(({ subject, title, fault }) => ["", `✖ ${subject}: ${title}`, `  ${fault}`]),
    ...(leftOut.length === 0 ? [] : ["", `Left out: ${leftOut.join("; ")}.`]),
    "",
    `${checks.length - faults.length} of ${checks.length} checks passed. ${formatOutcome(result)}`,
  ].join("\n");
}

function formatOutcome({ environment, set, isPassed, isRecorded }: VerificationText): string {
  if (!isPassed) return `${set} is broken in ${environment}; what was verified before is revoked.`;
  return isRecorded
    ? `${set} is verified in ${environment}.`
    : `Nothing is recorded for ${set}: only a part was run.`;
}
