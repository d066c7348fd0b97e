import { expect, test } from "vitest";

import type { FlowsResult } from "../e2e/run-flows.ts";
import { formatFlows } from "./format-flows.ts";

const flow = {
  flow: "agora",
  title: "a delegate votes",
  durationMs: 8760,
  leftOut: null,
  error: null,
};

function buildResult(changes: Partial<FlowsResult> = {}): FlowsResult {
  return {
    durationMs: 61_230,
    flows: [
      { ...flow, state: "passed" },
      { ...flow, flow: "bodies", title: "a newcomer joins", state: "failed", error: "Timeout." },
    ],
    errors: [],
    isPassed: false,
    report: "/workspace/tools/dist/e2e/report.html",
    ...changes,
  };
}

test("lists each flow with its time, and the totals", () => {
  expect(formatFlows(buildResult())).toMatchInlineSnapshot(`
    "✔  agora   8.8 s  a delegate votes
    ✖  bodies  8.8 s  a newcomer joins

    1 passed, 1 failed, 0 left out in 61.2 s"
  `);
});

test("says why a flow was left out", () => {
  const leftOut = { ...flow, state: "skipped" as const, leftOut: "No Chromium found." };

  expect(formatFlows(buildResult({ flows: [leftOut] }))).toContain(
    "a delegate votes (left out: No Chromium found.)",
  );
});

test("says what went wrong outside of the flows", () => {
  const result = buildResult({ flows: [], errors: ["No flow ran."], durationMs: 0 });

  expect(formatFlows(result)).toContain("✖ No flow ran.");
});
