import path from "node:path";

import { parseChangesetFile } from "@changesets/parse";
import type { NewChangeset, Release } from "@changesets/types";

import type { Finding } from "./verdict.ts";

export interface ParsedChangeset {
  path: string;
  content: string;
  summary: string;
  releases: readonly Release[];
}

export interface ParsedChangesets {
  /** Sorted by path. */
  changesets: readonly ParsedChangeset[];
  findings: readonly Finding[];
}

const strengths = { none: 0, patch: 1, minor: 2, major: 3 } as const;

export function parseChangesets(files: Readonly<Record<string, string>>): ParsedChangesets {
  const results = Object.entries(files)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, content]) => parseOne(file, content));
  return {
    changesets: results.flatMap(({ changeset }) => (changeset === null ? [] : [changeset])),
    findings: results.flatMap(({ finding }) => (finding === null ? [] : [finding])),
  };
}

export function isAtLeast(one: Release["type"], other: Release["type"]): boolean {
  return strengths[one] >= strengths[other];
}

export function formatChangeset(releases: readonly Release[], summary: string): string {
  const lines = releases.map(({ name, type }) => `${JSON.stringify(name)}: ${type}`);
  return ["---", ...lines, "---", "", summary, ""].join("\n");
}

/** A pre-release moves the file into a folder of its own. */
export function isSameChangeset(one: ParsedChangeset, other: ParsedChangeset): boolean {
  return path.basename(one.path) === path.basename(other.path);
}

/** As the planner of changesets wants it. */
export function toNewChangeset({ path: file, summary, releases }: ParsedChangeset): NewChangeset {
  const id = file.replace(/^\.changeset\//u, "").replace(/\.md$/u, "");
  return { id, summary, releases: [...releases] };
}

function parseOne(
  file: string,
  content: string,
): { changeset: ParsedChangeset | null; finding: Finding | null } {
  try {
    return { changeset: { path: file, content, ...parseChangesetFile(content) }, finding: null };
  } catch (error) {
    const [reason = ""] = (error instanceof Error ? error.message : String(error)).split("\n");
    const message = `${file} can't be read: ${reason}`;
    const finding: Finding = {
      code: "CHANGESET_INVALID",
      level: "error",
      subject: file,
      message,
      write: null,
    };
    return { changeset: null, finding };
  }
}
