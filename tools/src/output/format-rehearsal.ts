import type { Migrations } from "../rehearse/compare-sets.ts";
import type { Rehearsal, RehearsalCheck, Move } from "../rehearse/run-rehearsal.ts";
import { formatDuration } from "./format-duration.ts";
import { formatTable } from "./format-table.ts";

export interface RehearsalText extends Rehearsal {
  changed: readonly string[];
  migrations: Migrations;
  durationMs: number;
}

const sentences: Readonly<Record<Move["kind"], string>> = {
  start: "Starting what is released",
  migrate: "Migrating, under the old code, the database of",
  advance: "Bringing in the new",
  return: "Going back to the old",
};

export function formatStep(step: Move, migrations: Migrations): string {
  if (step.kind === "start") return sentences.start;
  const which = step.kind === "migrate" ? ` (${formatMigrations(migrations[step.service])})` : "";
  return `${sentences[step.kind]} ${step.service}${which}`;
}

function formatMigrations(range: Migrations[string] | undefined): string {
  if (range === undefined) return "no migration";
  const { from, to } = range;
  return from === to ? `migration ${to}` : `migrations ${from} to ${to}`;
}

/** The pairs that met, each fault in full, and what it means. */
export function formatRehearsal(result: RehearsalText): string {
  const { pairs, failure, changed, migrations, durationMs } = result;
  if (changed.length === 0) return "No image changes, so there is nothing to rehearse.";
  const rows = pairs.map((pair) => [
    signs[pair.result],
    `${pair.consumer} (${pair.consumerAge})`,
    "→",
    `${pair.provider} (${pair.providerAge})`,
    pair.result === "uncalled" ? "no call was tried" : "",
  ]);
  const what = changed
    .map((name) =>
      migrations[name] === undefined ? name : `${name} with ${formatMigrations(migrations[name])}`,
    )
    .join(", ");
  return [
    ...(rows.length === 0 ? [] : [formatTable(rows), ""]),
    ...(failure === null
      ? [`Rolled out and taken back in ${formatDuration(durationMs)}: ${what}.`]
      : [
          `✖ It breaks at this step: ${formatStep(failure.after, migrations)}.`,
          ...failure.checks.map(formatFault),
          `Not safe to roll out: ${what}.`,
        ]),
  ].join("\n");
}

const signs = { passed: "✔", failed: "✖", uncalled: "·" } as const;

function formatFault({ service, provider, title, fault }: RehearsalCheck): string {
  const who = provider === null ? service : `${service} → ${provider}`;
  return `  ${who}: ${title}\n${(fault ?? "").replaceAll(/^/gmu, "    ")}`;
}
