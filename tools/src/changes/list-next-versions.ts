import type { ReleasePlan } from "@changesets/types";

import type { NextVersion } from "./verdict.ts";

/** Packages whose version changes, sorted. Waivers alone change none. */
export function listNextVersions({ releases }: ReleasePlan): NextVersion[] {
  return releases
    .flatMap((release) =>
      release.type === "none"
        ? []
        : [
            {
              packageName: release.name,
              type: release.type,
              from: release.oldVersion,
              to: release.newVersion,
              changesets: release.changesets,
            },
          ],
    )
    .toSorted((a, b) => (a.packageName < b.packageName ? -1 : 1));
}
