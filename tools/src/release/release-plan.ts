import type { NextVersion } from "../changes/verdict.ts";

/** One thing a release does. Each looks before whether it is done already, and after whether it is. */
export type ReleaseStep =
  | {
      kind: "write-versions";
      versions: readonly NextVersion[];
      /** Straight to the branch, or as a pull request for one that is protected. */
      how: "push" | "pull-request";
    }
  | { kind: "build"; services: readonly string[] }
  /** Everything of the image under its digest, so that nobody sees it yet. */
  | { kind: "publish"; service: string; version: string }
  /** Says once and for all which image a version is, whoever else releases at the same moment. */
  | { kind: "claim"; names: readonly string[] }
  | { kind: "tag-image"; service: string; version: string }
  | { kind: "write-set"; services: Readonly<Record<string, string>> }
  | { kind: "tag-commit"; names: readonly string[] }
  | { kind: "create-release"; name: string }
  | { kind: "move-latest"; service: string; from: string | null; to: string };

export interface ServiceOutlook {
  service: string;
  /** Highest version in the registry; null before the first. */
  from: string | null;
  /** Version that the branch has, or will have once the waiting changesets are written. */
  to: string;
  action: "release" | "finish" | "keep";
}

/** What a release will do, in order. Fields may be added, never changed. */
export interface ReleasePlan {
  version: 1;
  branch: string;
  commit: string;
  services: readonly ServiceOutlook[];
  steps: readonly ReleaseStep[];
}

/** Name of a version everywhere: git tag, claim, GitHub release. */
export function formatReleaseName(service: string, version: string): string {
  return `${service}@${version}`;
}
