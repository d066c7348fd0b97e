import { describe, expect, test } from "vitest";

import { type FlowResult, formatReport } from "../../e2e/support/format-report.ts";

function buildFlow(changes: Partial<FlowResult> = {}): FlowResult {
  return {
    flow: "agora",
    title: "a delegate votes",
    state: "passed",
    durationMs: 1234,
    error: null,
    leftOut: null,
    pages: [],
    evidence: null,
    ...changes,
  };
}

const failed = buildFlow({
  state: "failed",
  error: "Timeout while waiting for <button>",
  evidence: {
    console: ["member error: it broke"],
    faults: [],
    screenshots: ["AAAA"],
    network: [
      { who: "member", method: "GET", url: "/assets/a.js", status: 200, requestId: "static-1" },
      { who: "member", method: "PUT", url: "/api/events/1", status: 500, requestId: "req-7" },
    ],
  },
});

describe("the report of a run", () => {
  test("lists every flow with its time", () => {
    const html = formatReport({ durationMs: 2000, flows: [buildFlow()], errors: [] });

    expect(html).toContain("All 1 flows passed");
    expect(html).toContain("<td>a delegate votes<td>passed<td>1.2 s");
  });

  test("shows of a failed flow the page, the console and the requests to search logs for", () => {
    const html = formatReport({ durationMs: 2000, flows: [failed, buildFlow()], errors: [] });

    expect(html).toContain("1 of 2 flows failed");
    expect(html).toContain('src="data:image/jpeg;base64,AAAA"');
    expect(html).toContain("member error: it broke");
    expect(html).toContain("<td>PUT /api/events/1<td>500<td><code>req-7</code>");
    expect(html).not.toContain("static-1");
  });

  test("shows messages as text, whatever is in them", () => {
    const html = formatReport({ durationMs: 1, flows: [failed], errors: ["<script>"] });

    expect(html).toContain("waiting for &#60;button&#62;");
    expect(html).not.toContain("<script>");
  });

  test("counts what axe found on each page", () => {
    const counts = { critical: 0, serious: 2, moderate: 1, minor: 0 };
    const pages = [{ path: "/login", counts, faults: [], screenshot: "01-login.jpg" }];

    const html = formatReport({ durationMs: 1, flows: [buildFlow({ pages })], errors: [] });

    expect(html).toContain("<tr><td>/login<td>0<td>2<td>1<td>0</tr>");
  });
});
