import type { ReleasedService } from "../release/release-set.ts";
import { hashContent } from "./hash-content.ts";

export interface SettingsFacts {
  service: string;
  release: ReleasedService;
  env: Readonly<Record<string, string>>;
  testData: boolean;
  /** Of all secrets, by `service/NAME`. */
  secretMarks: Readonly<Record<string, string>>;
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
    secretMarks: listSecretMarks(facts),
  }).slice(0, 16);
}

/** Undefined when none was ever set by hand, so that the hash stays what it was. */
function listSecretMarks({ service, secretMarks }: SettingsFacts): readonly string[] | undefined {
  const marks = Object.keys(secretMarks)
    .filter((name) => name.startsWith(`${service}/`))
    .toSorted()
    .map((name) => `${name} ${secretMarks[name]}`);
  return marks.length === 0 ? undefined : marks;
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
