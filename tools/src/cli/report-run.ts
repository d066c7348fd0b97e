import { writeFile } from "node:fs/promises";
import { resolve } from "node:path";

import { hasChanges, type DeployPlan } from "../deploy/plan.ts";
import { exitCodes, type ExitCode } from "../exit-codes.ts";
import { formatDuration } from "../output/format-duration.ts";
import { formatPlan } from "../output/format-plan.ts";
import { createPaint } from "../output/paint.ts";
import type { Session } from "./open-session.ts";
import type { Preview } from "./plan-in-session.ts";
import type { RunResult } from "./run-plan.ts";

/** Nothing to do: one line, and the address for who pipes it. */
export function reportNoChange(session: Session, { plan, address, durationMs }: Preview): ExitCode {
  const { report } = session.context;
  const count = Object.keys(plan.set.services).length;
  report.answer({
    document: {
      type: "result",
      version: 1,
      environment: plan.environment,
      outcome: "no change",
      address,
      durationMs,
      services: nameServices(plan),
    },
    advice: `No change: ${plan.environment} runs all ${count} services as wanted.`,
    text: address ?? "",
  });
  return exitCodes.done;
}

/** `--dry-run` is the plan and nothing else. */
export async function reportPlan(session: Session, plan: DeployPlan): Promise<ExitCode> {
  const { context, flags } = session;
  if (flags.out !== undefined) {
    await writeFile(resolve(context.cwd, flags.out), `${JSON.stringify(plan, null, 2)}\n`);
  }
  context.report.answer({
    document: { type: "plan", ...plan },
    text: hasChanges(plan)
      ? formatPlan(plan, createPaint(false)).trimEnd()
      : `No change: ${plan.environment} runs as wanted.`,
    ...(hasChanges(plan) && session.environment.policy.confirm === "type name"
      ? { advice: `Apply just this plan: --plan=${plan.hash.slice(0, 12)}` }
      : {}),
  });
  return hasChanges(plan) && flags.exitCode ? exitCodes.planHasChanges : exitCodes.done;
}

export function reportDone(session: Session, result: RunResult): ExitCode {
  const { plan, address, run, durationMs, inbox } = result;
  session.context.report.answer({
    document: {
      type: "result",
      version: 1,
      environment: plan.environment,
      outcome: hasChanges(plan) ? "committed" : "no change",
      run,
      set: plan.set.id,
      address,
      inbox,
      durationMs,
      services: nameServices(plan),
    },
    advice: formatAdvice(session, result),
    text: address,
  });
  return exitCodes.done;
}

function nameServices({ changes }: DeployPlan) {
  return changes.map(({ service, action, to }) => ({
    name: service,
    action,
    version: to?.version ?? null,
    digest: to?.digest ?? null,
  }));
}

function formatAdvice(session: Session, result: RunResult): string {
  const { environment } = session;
  const { inbox, address } = result;
  const welcome = (environment.welcome ?? "").trimEnd();
  return [
    "",
    formatSummary(result),
    "",
    `  Address  ${address}`,
    ...(inbox === null ? [] : [`  Inbox    ${inbox}`]),
    ...(welcome === "" ? [] : ["", ...welcome.split("\n").map((line) => `  ${line}`)]),
    "",
  ].join("\n");
}

function formatSummary({ plan, durationMs }: RunResult): string {
  const { kind, environment, changes } = plan;
  const changed = changes.filter(({ action }) => action !== "keep");
  if (changed.length === 0) return `${environment} runs as wanted.`;
  const time = formatDuration(durationMs);
  const count = `${changed.length} service${changed.length === 1 ? "" : "s"}`;
  const verb = { deploy: "Deployed", rollback: "Rolled back", reconcile: "Repaired" }[kind];
  const undo = changed.some(({ action }) => action === "update") && kind === "deploy";
  const next = undo ? ` Undo with: npx nx run tools:rollback --env=${environment}` : "";
  return `${verb} ${count} in ${environment} in ${time}.${next}`;
}
