import type { InspectedPage } from "./inspect-pages.ts";
import type { NetworkEntry } from "./journal.ts";
import type { Evidence } from "./write-evidence.ts";

export interface FlowResult {
  /** Name of its file, as `--only` wants it. */
  flow: string;
  title: string;
  state: "passed" | "failed" | "skipped";
  durationMs: number;
  error: string | null;
  leftOut: string | null;
  /** Inspected by axe. */
  pages: readonly InspectedPage[];
  evidence: Evidence | null;
}

export interface FlowRun {
  durationMs: number;
  flows: readonly FlowResult[];
  /** What went wrong outside of any flow. */
  errors: readonly string[];
}

/** One page, with everything in it: failed flows first, then the list with times. */
export function formatReport({ flows, durationMs, errors }: FlowRun): string {
  const failed = flows.filter(({ state }) => state === "failed");
  const verdict =
    failed.length + errors.length === 0
      ? `All ${flows.length} flows passed`
      : `${failed.length} of ${flows.length} flows failed`;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${verdict}</title><style>${style}</style></head>
<body><h1>${verdict}</h1><p>In ${formatSeconds(durationMs)}.</p>
${errors.map((error) => `<pre class="bad">${escapeText(error)}</pre>`).join("\n")}
${failed.map(formatFailed).join("\n")}
<h2>Flows</h2><table><thead><tr><th>Flow<th>What it shows<th>Result<th>Time</tr></thead><tbody>
${flows.map(formatRow).join("\n")}
</tbody></table>
${formatPages(flows.flatMap(({ pages }) => pages))}</body></html>
`;
}

function formatFailed({ flow, title, error, evidence }: FlowResult): string {
  const shots = evidence?.screenshots.map(
    (shot) => `<img alt="What the page looked like" src="data:image/jpeg;base64,${shot}">`,
  );
  const requests = evidence?.network.filter(({ url }) => url.startsWith("/api/")) ?? [];
  return `<section><h2 class="bad">${escapeText(flow)}: ${escapeText(title)}</h2>
<pre class="bad">${escapeText(error ?? "")}</pre>
${shots?.join("\n") ?? ""}
<h3>Requests to the services</h3>
<p>Search the logs for a request id: <code>slipway logs | grep &lt;id&gt;</code></p>
<table><thead><tr><th>Who<th>Request<th>Status<th>Request id</tr></thead><tbody>
${requests.map(formatRequest).join("\n")}
</tbody></table>
<h3>Console</h3><pre>${escapeText(evidence?.console.join("\n") || "nothing")}</pre></section>`;
}

function formatRequest({ who, method, url, status, requestId }: NetworkEntry): string {
  const mark = status >= 400 ? ' class="bad"' : "";
  return `<tr${mark}><td>${escapeText(who)}<td>${method} ${escapeText(url)}<td>${status}<td><code>${escapeText(requestId ?? "none")}</code></tr>`;
}

function formatRow({ flow, title, state, durationMs, leftOut }: FlowResult): string {
  const mark = state === "failed" ? ' class="bad"' : "";
  const result = leftOut === null ? state : `left out: ${leftOut}`;
  return `<tr${mark}><td>${escapeText(flow)}<td>${escapeText(title)}<td>${escapeText(result)}<td>${formatSeconds(durationMs)}</tr>`;
}

function formatPages(pages: readonly InspectedPage[]): string {
  if (pages.length === 0) return "";
  const rows = pages.map(({ path, counts }) => {
    const { critical, serious, moderate, minor } = counts;
    return `<tr><td>${escapeText(path)}<td>${critical}<td>${serious}<td>${moderate}<td>${minor}</tr>`;
  });
  return `<h2>Accessibility</h2>
<p>Rules of axe that a page breaks. <a href="screenshots/contact-sheet.html">All pages as pictures</a></p>
<table><thead><tr><th>Page<th>critical<th>serious<th>moderate<th>minor</tr></thead><tbody>
${rows.join("\n")}
</tbody></table>`;
}

function formatSeconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}

export function escapeText(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.codePointAt(0)};`);
}

const style = `body{font:16px/1.5 system-ui,sans-serif;max-width:70rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;font-size:.875rem}td,th{text-align:left;padding:.25rem .5rem;border-bottom:1px solid #ccd}
img{max-width:100%;border:1px solid #ccd;margin:.5rem 0}pre{white-space:pre-wrap;background:#f4f6fa;padding:1rem}
.bad{color:#a3122a}section{border:1px solid #a3122a;border-radius:8px;padding:0 1.5rem 1rem;margin:1.5rem 0}`;
