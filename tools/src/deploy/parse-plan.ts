import { SlipwayError } from "../errors.ts";
import { hashContent } from "./hash-content.ts";
import type { DeployPlan } from "./plan.ts";

/** Reads a saved plan back. Its hash proves that every step is as it was planned. */
export function parsePlan(text: string, name: string): DeployPlan {
  const plan = parseJson(text, name);
  const { hash, ...content } = plan;
  if (plan.version !== 1 || !Array.isArray(plan.steps)) {
    throw new SlipwayError("PLAN_INVALID", `${name} is no plan of version 1.`);
  }
  if (hash !== hashContent(content)) {
    throw new SlipwayError(
      "PLAN_INVALID",
      `${name} was edited after it was saved: its hash does not fit.`,
      {
        hint: "Nothing was touched. Plan again: --dry-run --out=…",
      },
    );
  }
  return plan;
}

function parseJson(text: string, name: string): DeployPlan {
  try {
    const plan: DeployPlan | null = JSON.parse(text);
    if (typeof plan === "object" && plan !== null) return plan;
  } catch {
    // Falls through: what is no JSON is no plan either.
  }
  throw new SlipwayError("PLAN_INVALID", `${name} is no plan: it does not hold a JSON object.`);
}
