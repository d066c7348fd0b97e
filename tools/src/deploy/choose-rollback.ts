import { SlipwayError } from "../errors.ts";
import { createReleaseSet } from "../release/create-release-set.ts";
import type { ReleasedService, ReleaseSet } from "../release/release-set.ts";
import { findCommit } from "./choose-recorded.ts";
import { isSameImage } from "./choose-releases.ts";
import type { EnvironmentState } from "./environment-state.ts";
import { shortDigest } from "./plan-changes.ts";

export interface RollbackWish {
  environment: string;
  /** Empty: what the last deployment changed. */
  services: readonly string[];
  /** Version or digest, or how it begins; the version before by default. */
  to: string | undefined;
}

export interface RollbackChoice {
  wanted: ReleaseSet;
  services: readonly string[];
}

/** What should run after going back. */
export function chooseRollback(state: EnvironmentState, wish: RollbackWish): RollbackChoice {
  const services = wish.services.length > 0 ? wish.services : listLastChanged(state, wish);
  const releases: Record<string, ReleasedService> = {};
  for (const [name, { release }] of Object.entries(state.services)) releases[name] = release;
  for (const service of services) releases[service] = chooseEarlier(state, service, wish);
  return { wanted: createReleaseSet(findCommit(state), releases), services };
}

function chooseEarlier(
  state: EnvironmentState,
  service: string,
  { to, environment }: RollbackWish,
): ReleasedService {
  const current = state.services[service]?.release;
  if (current === undefined) throw unknownService(service, state, environment);
  const earlier = (state.earlier[service] ?? [])
    .map(({ release }) => release)
    .filter((release) => !isSameImage(release, current));
  const blocked = state.pins[service]?.blocked ?? [];
  const found =
    to === undefined
      ? earlier.find((release) => !blocked.some((other) => isSameImage(other, release)))
      : earlier.find((release) => isNamed(release, to));
  if (found !== undefined) return found;
  throw nothingEarlier({ service, to, earlier, environment });
}

function isNamed({ version, digest }: ReleasedService, name: string): boolean {
  const wanted = name.replace(/^sha256:/, "");
  return version === name || (wanted.length >= 4 && digest.slice(7).startsWith(wanted));
}

/** Services whose current image came with the last committed deployment that still counts. */
function listLastChanged(
  state: EnvironmentState,
  { environment }: RollbackWish,
): readonly string[] {
  for (const run of state.runs.toReversed()) {
    if (run.outcome !== "committed") continue;
    const changed = run.changes.filter(
      ({ service, action, to }) =>
        action === "update" && to?.digest === state.services[service]?.release.digest,
    );
    if (changed.length > 0 && run.kind === "deploy") return changed.map(({ service }) => service);
  }
  throw new SlipwayError(
    "ROLLBACK_IMPOSSIBLE",
    `No deployment to ${environment} has replaced an earlier version that could come back.`,
    { hint: `Nothing was touched. See: npx nx run tools:history --env=${environment}` },
  );
}

function unknownService(service: string, state: EnvironmentState, environment: string) {
  const known = Object.keys(state.services).toSorted().join(", ") || "none";
  return new SlipwayError(
    "SERVICE_UNKNOWN",
    `${environment} runs no service "${service}"; it has: ${known}.`,
  );
}

interface NothingEarlier {
  service: string;
  to: string | undefined;
  earlier: readonly ReleasedService[];
  environment: string;
}

function nothingEarlier({ service, to, earlier, environment }: NothingEarlier): SlipwayError {
  const known = earlier.map(({ version, digest }) => `${version} (${shortDigest(digest)})`);
  return new SlipwayError(
    "ROLLBACK_IMPOSSIBLE",
    to === undefined
      ? `${service} has no earlier version in ${environment} that is not blocked.`
      : `${service} has never run as ${to} in ${environment}, or runs so now.`,
    {
      hint:
        known.length === 0
          ? "Nothing was touched."
          : `Nothing was touched. Earlier ones: ${known.join(", ")}; choose one with --to.`,
    },
  );
}
