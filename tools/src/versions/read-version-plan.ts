import { assembleReleasePlan } from "@changesets/assemble-release-plan";
import { readConfig } from "@changesets/config";
import { readPreState } from "@changesets/pre";
import { readChangesets } from "@changesets/read";
import type { Config, Packages, ReleasePlan } from "@changesets/types";
import { getPackages } from "@manypkg/get-packages";

import { SlipwayError } from "../errors.ts";

export interface VersionPlan {
  plan: ReleasePlan;
  packages: Packages;
  config: Config;
}

/** What the waiting changesets of a folder come to, by changesets' own planner; pre-release mode as that knows it. */
export async function readVersionPlan(folder: string): Promise<VersionPlan> {
  try {
    const packages = await getPackages(folder);
    const { config, errors } = await readConfig(folder, packages);
    if (config === undefined) throw new Error(errors.join("; "));
    const [changesets, preState] = await Promise.all([
      readChangesets(folder),
      readPreState(folder),
    ]);
    // Folders list in any order; the same commit must give the same changelog.
    const sorted = changesets.toSorted((a, b) => (a.id < b.id ? -1 : 1));
    return { plan: assembleReleasePlan(sorted, packages, config, preState), packages, config };
  } catch (cause) {
    if (cause instanceof SlipwayError) throw cause;
    throw versionsFailed(cause);
  }
}

export function versionsFailed(cause: unknown): SlipwayError {
  const [reason = ""] = (cause instanceof Error ? cause.message : String(cause)).split("\n");
  const fault = reason.replace(/\.+$/u, "");
  return new SlipwayError("VERSIONS_FAILED", `The next versions can't be made: ${fault}.`, {
    cause,
    hint: "Nothing was touched. npx slipway changes shows what is wrong with the changesets.",
  });
}
