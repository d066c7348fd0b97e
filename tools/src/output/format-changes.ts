import type { Finding, Verdict } from "../changes/verdict.ts";
import { formatTable } from "./format-table.ts";
import { redact } from "./redact.ts";

const shownReasons = 3;

/** The verdict for people: what changes and why, the next versions, what is missing and how to mend it. */
export function formatChanges(verdict: Verdict): string {
  const { affected, versions, findings } = verdict;
  const errors = findings.filter(({ level }) => level === "error").length;
  return [
    ...verdict.reverted.map(
      (commit) => `Takes back ${commit.slice(0, 12)}, which was not released.`,
    ),
    affected.length === 0 ? "No image changes." : "Images that change:",
    ...affected.flatMap(formatAffected),
    ...(versions.length === 0 ? [] : ["", "Next versions:", formatVersions(verdict)]),
    ...(findings.length === 0 ? [] : ["", ...findings.map(formatFinding)]),
    ...listFiles(findings).flatMap(({ path, content }) => [
      "",
      `Write ${line(path)}:`,
      "",
      indent(content),
    ]),
    "",
    errors === 0 ? "Every change is covered." : `Not covered: ${errors} to mend.`,
  ].join("\n");
}

/** Files to write, each once. */
export function listFiles(findings: readonly Finding[]) {
  const files = findings.flatMap(({ write }) => (write === null ? [] : [write]));
  return [...new Map(files.map((file) => [file.path, file])).values()];
}

function formatAffected({ service, cover, nextVersion, reasons }: Verdict["affected"][number]) {
  const state = { release: "released", waiver: "waived", none: "not covered" }[cover ?? "none"];
  const version = nextVersion === null ? "" : ` as ${nextVersion}`;
  const more = reasons.length - shownReasons;
  return [
    `  ${line(service)}  ${state}${cover === "release" ? version : ""}`,
    ...reasons
      .slice(0, shownReasons)
      .map(({ chain, what }) => `    ${line(chain.join(" → "))}: ${line(what)}`),
    ...(more > 0 ? [`    and ${more} more`] : []),
  ];
}

function formatVersions({ versions }: Verdict): string {
  const rows = versions.map(({ packageName, from, to, type }) => [
    line(packageName),
    from,
    "→",
    to,
    type,
  ]);
  return formatTable(rows, "  ");
}

function formatFinding({ code, level, message }: Finding): string {
  return `${level === "error" ? "✖" : "!"} ${line(message)} [${code}]`;
}

/** Text from outside on one line. */
function line(text: string): string {
  return redact(text).replace(/[\r\n\t]+/gu, " ");
}

function indent(text: string): string {
  return redact(text)
    .trimEnd()
    .split("\n")
    .map((each) => `    ${each}`)
    .join("\n");
}
