import { hashConfiguration, hashReleases } from "../deploy/hash-configuration.ts";
import type { Verification } from "../deploy/ledger-record.ts";
import type { RunPorts } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";

export interface VerificationResult {
  /** The set that the tests began on. */
  set: string;
  isPassed: boolean;
  /** Names of what was run: `smoke`, `browser`. */
  suites: readonly string[];
}

/**
 * Keeps the outcome of tests for exactly what runs: these digests, so configured. A later failure takes an earlier
 * success back. Throws VERIFICATION_STALE when another set runs than was tested.
 */
export async function recordVerification(
  { ledger, policy }: Pick<RunPorts, "ledger" | "policy">,
  { set, isPassed, suites }: VerificationResult,
): Promise<Verification> {
  const state = ledger.state();
  if (state.set !== set) {
    throw new SlipwayError(
      "VERIFICATION_STALE",
      `${set} was tested, but ${policy.environment} runs ${state.set ?? "nothing"} now.`,
      { hint: "Nothing was recorded. Run the tests again." },
    );
  }
  const releases = Object.fromEntries(
    Object.entries(state.services).map(([service, { release }]) => [service, release]),
  );
  const data = {
    set,
    content: hashReleases(releases),
    configuration: hashConfiguration(releases, policy.env),
    isPassed,
    suites,
    deployedAt: findDeployedAt(Object.values(state.services)),
  };
  await ledger.append({ event: "set-verified", data });
  return data;
}

function findDeployedAt(services: readonly { since: string }[]): string {
  return (
    services
      .map(({ since }) => since)
      .toSorted()
      .at(-1) ?? ""
  );
}
