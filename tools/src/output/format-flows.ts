import type { FlowsResult } from "../e2e/run-flows.ts";
import { formatTable } from "./format-table.ts";

const signs = { passed: "✔", failed: "✖", skipped: "–" } as const;

/** The list of flows with their times, and the totals. */
export function formatFlows({ flows, errors, durationMs }: FlowsResult): string {
  const rows = flows.map(({ flow, title, state, durationMs: tookMs, leftOut }) => [
    signs[state],
    flow,
    formatSeconds(tookMs),
    leftOut === null ? title : `${title} (left out: ${leftOut})`,
  ]);
  const count = (state: keyof typeof signs) => flows.filter((one) => one.state === state).length;
  return [
    formatTable(rows),
    ...errors.map((message) => `✖ ${message}`),
    "",
    `${count("passed")} passed, ${count("failed")} failed, ${count("skipped")} left out in ${formatSeconds(durationMs)}`,
  ].join("\n");
}

function formatSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
