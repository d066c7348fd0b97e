import type { PastRun } from "../deploy/environment-state.ts";
import { shortDigest } from "../deploy/plan-changes.ts";
import type { ServiceChange } from "../deploy/plan.ts";
import { formatAge } from "./format-duration.ts";
import { formatTable } from "./format-table.ts";

/** Who did what, when, why, and how it ended: one line a run, its changes below. */
export function formatHistory(runs: readonly PastRun[], now: Date): string {
  const blocks = runs.map((run) => [formatHead(run, now), ...formatBody(run)].join("\n"));
  return blocks.join("\n\n");
}

function formatHead({ run, kind, outcome, openedAt, actor }: PastRun, now: Date): string {
  const age = formatAge(now.getTime() - Date.parse(openedAt));
  return `${run}  ${kind} ${outcome}, ${age} by ${actor.name}`;
}

function formatBody({ reason, message, changes, overrides }: PastRun): readonly string[] {
  const rows = changes.filter(({ action }) => action !== "keep").map(formatChange);
  return [
    ...(reason === null ? [] : [`  why: ${reason}`]),
    ...overrides.map((gate) => `  overridden: ${gate}`),
    ...(message === null ? [] : [`  ${message}`]),
    ...(rows.length === 0 ? [] : [formatTable(rows, "  ")]),
  ];
}

function formatChange({ service, action, from, to }: ServiceChange): readonly string[] {
  return [action, service, `${nameImage(from)} → ${nameImage(to)}`];
}

function nameImage(image: ServiceChange["to"]): string {
  return image === null ? "none" : `${image.version} ${shortDigest(image.digest)}`;
}
