import type { Finding, Verdict } from "../changes/verdict.ts";
import { formatBlock, formatCode } from "./escape-markdown.ts";
import { listFiles } from "./format-changes.ts";
import { redact } from "./redact.ts";

const shownReasons = 3;
const longestFile = 4000;

/** The verdict as a comment on a pull request. */
export function formatChangesMarkdown(verdict: Verdict): string {
  const { isCovered, affected, versions, findings } = verdict;
  return [
    isCovered ? "### ✔ Every change is covered" : "### ✖ Changes are not covered",
    ...verdict.reverted.map(
      (commit) => `Takes back ${code(commit.slice(0, 12))}, which was not released.`,
    ),
    affected.length === 0 ? "No image changes." : formatAffected(affected),
    ...(versions.length === 0 ? [] : [formatVersions(verdict)]),
    ...(findings.length === 0 ? [] : [findings.map(formatFinding).join("\n")]),
    ...listFiles(findings).flatMap(({ path, content }) => [
      `Write ${code(path)}:`,
      formatBlock(redact(content).slice(0, longestFile)),
    ]),
  ]
    .join("\n\n")
    .concat("\n");
}

function formatAffected(affected: Verdict["affected"]): string {
  const rows = affected.map(({ service, cover, nextVersion, reasons }) => [
    code(service),
    cover ?? "**missing**",
    nextVersion === null ? "" : code(nextVersion),
    reasons
      .slice(0, shownReasons)
      .map(({ chain, what }) => `${code(chain.join(" → "))} ${code(what)}`)
      .join("<br>"),
  ]);
  return formatRows(["image to build", "covered by", "next version", "why"], rows);
}

function formatVersions({ versions }: Verdict): string {
  const rows = versions.map(({ packageName, from, to, type }) => [
    code(packageName),
    code(from),
    code(to),
    type,
  ]);
  return formatRows(["package", "now", "next", "change"], rows);
}

function formatRows(head: readonly string[], rows: readonly (readonly string[])[]): string {
  return [head, head.map(() => "---"), ...rows]
    .map((cells) => `| ${cells.join(" | ")} |`)
    .join("\n");
}

function formatFinding({ code: name, level, message }: Finding): string {
  return `- ${level === "error" ? "✖" : "⚠"} ${code(message)} ${code(name)}`;
}

function code(text: string): string {
  return formatCode(redact(text));
}
