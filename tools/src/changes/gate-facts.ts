import type { Project } from "../workspace/read-projects.ts";
import type { AffectedService } from "./verdict.ts";

/** One side of a change, as its files say it. */
export interface GateSide {
  projects: readonly Project[];
  /** Text of each changeset by path: `.changeset/brave-cat.md`. */
  changesets: Readonly<Record<string, string>>;
  /** Text of `.changeset/config.json`; null when there is none. */
  config: string | null;
  /** Text of `.changeset/pre.json`; null outside pre mode. */
  pre: string | null;
}

export interface GateFacts {
  /** Commit that the branch is compared with. */
  baseCommit: string;
  /** Commits before it whose unreleased changes the branch takes back; `base` is without them. */
  reverted: readonly string[];
  base: GateSide;
  head: GateSide;
  affected: readonly AffectedService[];
  /** Paths that differ, sorted. */
  changed: readonly string[];
  /** What a changeset for something that did not change is. */
  unaffected: "warning" | "error";
}
