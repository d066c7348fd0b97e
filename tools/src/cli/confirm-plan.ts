import process from "node:process";

import { confirm, isCancel, text } from "@clack/prompts";

import type { DeployPlan } from "../deploy/plan.ts";
import { SlipwayError } from "../errors.ts";
import type { Session } from "./open-session.ts";

/** Asks as the environment's policy wants it; never without a terminal. */
export async function confirmPlan(
  session: Session,
  { environment, kind }: DeployPlan,
): Promise<void> {
  const { context, flags } = session;
  const { confirm: policy } = session.environment.policy;
  if (policy === "none" || flags.yes || context.env["SLIPWAY_YES"] === "1") return;
  if (context.stdin.isTTY !== true || context.stderr.isTTY !== true) {
    throw new SlipwayError(
      "CONFIRMATION_MISSING",
      `There is no terminal to confirm the ${kind} on.`,
      {
        hint: "Nothing was touched. Add --yes or set SLIPWAY_YES=1.",
      },
    );
  }
  const isConfirmed = policy === "yes" ? await askYes(environment) : await askName(environment);
  if (isConfirmed) return;
  throw new SlipwayError("NOT_CONFIRMED", `The ${kind} to ${environment} was not confirmed.`, {
    hint: "Nothing was touched.",
  });
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
