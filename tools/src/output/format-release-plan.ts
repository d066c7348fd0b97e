import type { ReleasePlan, ReleaseStep, ServiceOutlook } from "../release/release-plan.ts";
import { formatTable } from "./format-table.ts";
import type { Colour, Paint } from "./paint.ts";
import { redact } from "./redact.ts";

const signs: Readonly<Record<ServiceOutlook["action"], { sign: string; colour: Colour }>> = {
  release: { sign: "+", colour: "green" },
  finish: { sign: "~", colour: "yellow" },
  keep: { sign: "=", colour: "dim" },
};

/** What a release will do, as people read it. */
export function formatReleasePlan(plan: ReleasePlan, paint: Paint): string {
  const shown = plan.services.filter(({ action }) => action !== "keep");
  const rows = [
    ["", "service", "released", "next", ""],
    ...shown.map((service) => formatRow(service, plan, paint)),
  ];
  const versions = plan.steps.flatMap((step) => formatVersions(step, paint));
  return [
    `${redact(formatTitle(plan, shown.length))}\n`,
    ...(shown.length > 0 ? [`${formatTable(rows, "  ")}\n`] : []),
    ...versions,
    ...(plan.steps.length > 0 ? [paint("dim", `  ${formatCounts(plan.steps)}\n`)] : []),
  ].join("\n");
}

function formatTitle({ branch, commit, services }: ReleasePlan, changed: number): string {
  const share = `${changed} of ${services.length} service${services.length === 1 ? "" : "s"}`;
  return `Release of ${branch} at ${commit.slice(0, 12)} (${share})`;
}

function formatRow({ service, from, to, action }: ServiceOutlook, plan: ReleasePlan, paint: Paint) {
  const { sign, colour } = signs[action];
  const missing = plan.steps.flatMap((step) => nameMissing(step, service, to));
  const note = action === "finish" ? `missing: ${missing.join(", ")}` : "";
  return [paint(colour, sign), service, from ?? "none", to, note];
}

function nameMissing(step: ReleaseStep, service: string, version: string): string[] {
  const name = `${service}@${version}`;
  if (step.kind === "tag-commit" && step.names.includes(name)) return ["git tag"];
  if (step.kind === "create-release" && step.name === name) return ["GitHub release"];
  if (step.kind === "move-latest" && step.service === service) return ["latest"];
  return [];
}

function formatVersions(step: ReleaseStep, paint: Paint): string[] {
  if (step.kind !== "write-versions") return [];
  const where = step.how === "push" ? "on the branch" : "in a pull request";
  const names = step.versions.map(({ packageName, from, to }) => `${packageName} ${from} → ${to}`);
  return [paint("dim", redact(`  versions ${where}: ${names.join(", ")}\n`))];
}

function formatCounts(steps: readonly ReleaseStep[]): string {
  const count = (kind: ReleaseStep["kind"]) => steps.filter((step) => step.kind === kind).length;
  const parts = [
    [count("publish"), "image"],
    [count("tag-image"), "version tag"],
    [count("write-set"), "release set"],
    [
      steps.reduce((sum, step) => sum + (step.kind === "tag-commit" ? step.names.length : 0), 0),
      "git tag",
    ],
    [count("create-release"), "GitHub release"],
    [count("move-latest"), "move of latest"],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${number === 1 ? what : formatMany(what)}`)
    .join(" · ");
}

function formatMany(what: string): string {
  return what === "move of latest" ? "moves of latest" : `${what}s`;
}
