import type { NextVersion } from "../changes/verdict.ts";
import type { ReleasedService, ReleaseSet } from "./release-set.ts";

/** The workspace as the checked-out commit describes it. */
export interface CheckoutState {
  commit: string;
  /** Null when HEAD is detached. */
  branch: string | null;
  isShallow: boolean;
  /** Paths that differ from the commit. */
  changedFiles: readonly string[];
  /** Commits from the beginning of the branch, which gives release sets their order. */
  sequence: number;
  /** Sorted by service. */
  services: readonly BranchService[];
  /** What the waiting changesets come to; empty when nothing is to be released. */
  pending: readonly NextVersion[];
}

export interface BranchService {
  service: string;
  packageName: string;
  version: string;
  /** Its section of CHANGELOG.md; empty when it has none. */
  changelog: string;
}

/** What the git server has. */
export interface RemoteState {
  /** Null when there is no such branch. */
  head: string | null;
  /** Names of annotated tags, `events@1.2.0`, with the tag objects they name. */
  tags: Readonly<Record<string, string>>;
  claims: Readonly<Record<string, string>>;
}

/** What a version is, said once: the content of its claim and of its git tag. */
export interface Claim {
  name: string;
  service: string;
  /** Where the git tag goes. */
  commit: string;
  released: ReleasedService;
}

export interface StoredService {
  /** Tags that are versions. */
  versions: readonly string[];
  /** Digest behind the tag `latest`. */
  latest: string | null;
  /** Digest behind the highest version that is no pre-release. */
  highest: string | null;
  /** Version that the image behind `latest` says it is; only read when it is not the highest. */
  latestVersion: string | null;
  /** What is known of the branch's version, from the newest set or its claim. */
  known: ReleasedService | null;
  /** Whether the image that is known lies in the registry under its digest. */
  isPublished: boolean;
  /** Whether GitHub has a release of it; null where nobody asks GitHub. */
  hasRelease: boolean | null;
}

/** Everything a release is planned from. */
export interface ReleaseFacts {
  branch: string;
  /** Sets of the release branch are counted; those of a maintenance branch never become the newest. */
  isMaintenance: boolean;
  /** How new versions come to the branch. */
  how: "push" | "pull-request";
  checkout: CheckoutState;
  remote: RemoteState;
  newestSet: ReleaseSet | null;
  stored: Readonly<Record<string, StoredService>>;
}
