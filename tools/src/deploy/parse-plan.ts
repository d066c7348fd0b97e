import { Value } from "typebox/value";

import { formatFault, listFaults } from "../config/list-faults.ts";
import { SlipwayError } from "../errors.ts";
import { hashContent } from "./hash-content.ts";
import { DeployPlan as DeployPlanSchema } from "./plan-schema.ts";
import type { DeployPlan } from "./plan.ts";

const shownFaults = 10;

/** Reads a saved plan back. Its hash proves that every step is as it was planned. */
export function parsePlan(text: string, name: string): DeployPlan {
  const plan = parseJson(text, name);
  if (!Value.Check(DeployPlanSchema, plan)) {
    throw new SlipwayError("PLAN_INVALID", `${name} is no plan of version 1.`, {
      details: listFaults(DeployPlanSchema, plan)
        .slice(0, shownFaults)
        .map((fault) => formatFault(fault)),
      hint: "Nothing was touched. Plan again: --dry-run --out=…",
    });
  }
  const { hash, ...content } = plan;
  if (hash === hashContent(content)) return plan;
  throw new SlipwayError(
    "PLAN_INVALID",
    `${name} was edited after it was saved: its hash does not fit.`,
    { hint: "Nothing was touched. Plan again: --dry-run --out=…" },
  );
}

function parseJson(text: string, name: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new SlipwayError("PLAN_INVALID", `${name} is no plan: it does not hold JSON.`, {
      hint: "Nothing was touched. Plan again: --dry-run --out=…",
      cause,
    });
  }
}
