import { hashContent } from "../deploy/hash-content.ts";
import type { ReleasedService, ReleaseSet } from "./release-set.ts";

/** Names a set by its content: the same services at the same digests from the same commit are the same set. */
export function createReleaseSet(
  commit: string,
  services: Readonly<Record<string, ReleasedService>>,
): ReleaseSet {
  const sorted = Object.fromEntries(
    Object.entries(services).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
  const content = { version: 1 as const, commit, services: sorted };
  return { ...content, id: `set-${hashContent(content).slice(0, 12)}` };
}
