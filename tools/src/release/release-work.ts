import type { Claim, ReleaseFacts } from "./release-facts.ts";
import type { ReleasedService, ReleaseSet } from "./release-set.ts";

/** What a release has found out so far. */
export interface ReleaseWork {
  facts: ReleaseFacts;
  /** By service. */
  built: Map<string, ReleasedService>;
  /** By name; the last word on what a version is. */
  claims: Map<string, Claim>;
  set: ReleaseSet | null;
  sentBytes: number;
  versionRequest: string | null;
}

export function createReleaseWork(facts: ReleaseFacts): ReleaseWork {
  return {
    facts,
    built: new Map(),
    claims: new Map(),
    set: facts.newestSet,
    sentBytes: 0,
    versionRequest: null,
  };
}
