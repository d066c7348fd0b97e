import { shortDigest } from "../deploy/plan-changes.ts";
import type { ChangeAction, DeployPlan, ServiceChange } from "../deploy/plan.ts";
import { formatTable } from "./format-table.ts";
import type { Colour, Paint } from "./paint.ts";

const signs: Readonly<Record<ChangeAction, { sign: string; colour: Colour }>> = {
  add: { sign: "+", colour: "green" },
  update: { sign: "~", colour: "yellow" },
  restart: { sign: "~", colour: "yellow" },
  remove: { sign: "-", colour: "red" },
  keep: { sign: "=", colour: "dim" },
};

/** The plan as people read it: what changes, from what to what, and why. */
export function formatPlan(plan: DeployPlan, paint: Paint): string {
  const shown = plan.changes.filter(({ action, note }) => action !== "keep" || note !== "");
  const rows = [
    ["", "service", "running", "wanted", "image", ""],
    ...shown.map((change) => formatRow(change, paint)),
  ];
  return [
    `${formatTitle(plan)}\n`,
    ...(shown.length > 0 ? [`${formatTable(rows, "  ")}\n`] : []),
    ...formatExtras(plan, paint),
  ].join("\n");
}

function formatTitle({ kind, environment, changes }: DeployPlan): string {
  const verb = { deploy: "Plan", rollback: "Rollback plan", reconcile: "Repair plan" }[kind];
  const changed = changes.filter(({ action }) => action !== "keep").length;
  const share = `${changed} of ${changes.length} service${changes.length === 1 ? "" : "s"}`;
  return `${verb} for ${environment} (${share} change${changed === 1 ? "s" : ""})`;
}

function formatRow(change: ServiceChange, paint: Paint): readonly string[] {
  const { sign, colour } = signs[change.action];
  return [
    paint(colour, sign),
    change.service,
    change.from?.version ?? "none",
    change.to?.version ?? "none",
    formatImage(change),
    change.note,
  ];
}

/** Built from a working tree, two images may bear the same version: then both digests stand here. */
function formatImage({ action, from, to }: ServiceChange): string {
  const image = to ?? from;
  if (image === null) return "";
  const before = action === "update" && from?.version === to?.version ? from : null;
  const change = before === null ? "" : `${shortDigest(before.digest)} → `;
  return `${change}sha256:${shortDigest(image.digest)}`;
}

function formatExtras({ steps }: DeployPlan, paint: Paint): readonly string[] {
  const migrations = steps.flatMap((step) =>
    step.kind === "migrate" ? [`${step.image.service} to ${step.schema.max}`] : [],
  );
  const leftovers = steps.filter(({ kind }) => kind === "stop").length;
  return [
    ...(migrations.length > 0 ? [paint("dim", `  migrations: ${migrations.join(", ")}`)] : []),
    ...(leftovers > 0 ? [paint("dim", `  old instances to stop: ${leftovers}`)] : []),
    ...(migrations.length + leftovers > 0 ? [""] : []),
  ];
}
