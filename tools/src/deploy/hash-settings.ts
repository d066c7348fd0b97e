import type { ReleasedService } from "../release/release-set.ts";
import { hashContent } from "./hash-content.ts";

export interface SettingsFacts {
  service: string;
  release: ReleasedService;
  env: Readonly<Record<string, string>>;
  testData: boolean;
  /** All services of the set. */
  neighbours: Readonly<Record<string, ReleasedService>>;
}

/** Names the settings an instance starts with. Addresses are left out: the gateway keeps them. */
export function hashSettings(facts: SettingsFacts): string {
  const { needs, secrets, resources } = facts.release.needs;
  return hashContent({
    env: facts.env,
    testData: facts.testData,
    needs,
    secrets,
    resources,
    tokenOwners: listTokenOwners(facts),
  }).slice(0, 16);
}

/** Who checks the tokens of others must learn of a new one. */
function listTokenOwners({ release, neighbours }: SettingsFacts): readonly string[] {
  const checks = release.needs.secrets.some(({ generate }) => generate === "service-tokens");
  if (!checks) return [];
  return Object.keys(neighbours)
    .filter((name) =>
      neighbours[name]?.needs.secrets.some(({ generate }) => generate === "service-token"),
    )
    .toSorted();
}
