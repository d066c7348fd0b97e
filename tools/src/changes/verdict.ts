export const findingCodes = [
  "SERVICE_UNCOVERED",
  "PACKAGE_UNKNOWN",
  "PACKAGE_UNAFFECTED",
  "CHANGESET_INVALID",
  "CHANGESET_EMPTY",
  "CHANGESET_DELETED",
  "CHANGESET_WEAKENED",
  "WAIVER_UNEXPLAINED",
  "VERSION_MISSING",
  "CONFIG_INVALID",
  "PRE_MODE_INVALID",
  "CONFIG_PRIVATE_UNVERSIONED",
  "CONFIG_BASE_BRANCH",
  "CONFIG_IGNORES_SERVICE",
] as const;

export type FindingCode = (typeof findingCodes)[number];

/** A file to write, relative to the workspace, with all of its content. */
export interface WantedFile {
  path: string;
  content: string;
}

export interface Finding {
  code: FindingCode;
  level: "error" | "warning";
  /** Package or file it is about. */
  subject: string;
  message: string;
  /** What mends it, as a file; null when words must do. */
  write: WantedFile | null;
}

/** What makes an image another one: from the cause to the service, `libs/auth/src/token.ts` → `auth` → `events`. */
export interface Reason {
  chain: readonly string[];
  what: string;
}

export interface AffectedService {
  service: string;
  packageName: string;
  reasons: readonly Reason[];
}

export interface NextVersion {
  packageName: string;
  type: "major" | "minor" | "patch";
  from: string;
  to: string;
  changesets: readonly string[];
}

/** Answer of `changes`; fields may be added, never changed. */
export interface Verdict {
  isCovered: boolean;
  base: string;
  /** Commits whose changes this branch takes back before they were released, newest first. */
  reverted: readonly string[];
  affected: readonly (AffectedService & {
    cover: "release" | "waiver" | null;
    nextVersion: string | null;
  })[];
  versions: readonly NextVersion[];
  findings: readonly Finding[];
}
