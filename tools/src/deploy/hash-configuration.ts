import type { ReleasedService } from "../release/release-set.ts";
import { hashContent } from "./hash-content.ts";

type Releases = Readonly<Record<string, ReleasedService>>;

/** Names what runs, wherever it was released or put together: the same services at the same digests. */
export function hashReleases(releases: Releases): string {
  return hashContent(mapValues(releases, ({ digest }) => digest));
}

/**
 * Names how it is configured, as far as two environments can agree: which settings and secrets each service gets and
 * what it needs. Values differ from one environment to the next, so they do not count.
 */
export function hashConfiguration(
  releases: Releases,
  env: Readonly<Record<string, Readonly<Record<string, string>>>>,
): string {
  return hashContent(
    mapValues(releases, ({ needs }, service) => ({
      settings: Object.keys(env[service] ?? {}).toSorted(),
      secrets: needs.secrets.map(({ name }) => name).toSorted(),
      needs: needs.needs,
    })),
  );
}

function mapValues<Result>(
  releases: Releases,
  map: (release: ReleasedService, service: string) => Result,
): Record<string, Result> {
  return Object.fromEntries(
    Object.entries(releases).map(([service, release]) => [service, map(release, service)]),
  );
}
