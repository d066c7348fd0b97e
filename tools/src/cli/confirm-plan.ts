import process from "node:process";

import { confirm, isCancel, text } from "@clack/prompts";

import type { DeployPlan } from "../deploy/plan.ts";
import { SlipwayError } from "../errors.ts";
import type { Session } from "./open-session.ts";

const shortestHash = 8;

/**
 * Asks as the environment's policy wants it; never without a terminal. Where a name is to be typed, only the hash of
 * the very plan that was looked at stands in for it.
 */
export async function confirmPlan(session: Session, plan: DeployPlan): Promise<void> {
  const { context, flags } = session;
  const { confirm: policy } = session.environment.policy;
  if (flags.plan !== undefined) return checkHash(plan, flags.plan);
  if (policy === "none") return;
  if (policy === "yes" && (flags.yes || context.env["SLIPWAY_YES"] === "1")) return;
  if (context.stdin.isTTY !== true || context.stderr.isTTY !== true) throw noTerminal(plan, policy);
  const { environment, kind } = plan;
  const isConfirmed = policy === "yes" ? await askYes(environment) : await askName(environment);
  if (isConfirmed) return;
  throw new SlipwayError("NOT_CONFIRMED", `The ${kind} to ${environment} was not confirmed.`, {
    hint: "Nothing was touched.",
  });
}

function checkHash({ hash, environment }: DeployPlan, asked: string): void {
  if (asked.length >= shortestHash && hash.startsWith(asked)) return;
  throw new SlipwayError(
    "PLAN_STALE",
    `The plan for ${environment} is ${hash.slice(0, 12)} now, not ${asked}.`,
    { hint: "Nothing was touched. Look at the new plan with --dry-run, then confirm its hash." },
  );
}

function noTerminal({ kind, hash }: DeployPlan, policy: "yes" | "type name"): SlipwayError {
  const how =
    policy === "yes"
      ? "Add --yes or set SLIPWAY_YES=1."
      : `Look at the plan, then confirm just that one: --plan=${hash.slice(0, 12)}`;
  return new SlipwayError(
    "CONFIRMATION_MISSING",
    `There is no terminal to confirm the ${kind} on.`,
    { hint: `Nothing was touched. ${how}` },
  );
}

async function askYes(environment: string): Promise<boolean> {
  const answer = await confirm({
    message: `Deploy to ${environment}?`,
    initialValue: false,
    output: process.stderr,
  });
  return !isCancel(answer) && answer;
}

async function askName(environment: string): Promise<boolean> {
  const answer = await text({
    message: `Type ${environment} to deploy to it:`,
    output: process.stderr,
  });
  return answer === environment;
}
