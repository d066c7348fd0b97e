import { gt, valid } from "semver";

import type { GateSide } from "./gate-facts.ts";
import { isAtLeast, isSameChangeset, type ParsedChangeset } from "./parse-changesets.ts";
import type { Finding } from "./verdict.ts";

export interface IntentSides {
  before: readonly ParsedChangeset[];
  now: readonly ParsedChangeset[];
  /** Of `now`, what the branch adds. */
  added: readonly ParsedChangeset[];
  base: GateSide;
  head: GateSide;
}

/** Changesets of the release branch that the branch takes away or makes smaller, without having released them. */
export function findLostIntents(sides: IntentSides): Finding[] {
  return sides.before.flatMap((changeset) => {
    const current = sides.now.find((each) => isSameChangeset(each, changeset));
    const lost = changeset.releases.filter(
      (release) => release.type !== "none" && !isKept(sides, current, release),
    );
    return lost.length === 0 ? [] : [describeLoss(changeset, current !== undefined, lost)];
  });
}

type Release = ParsedChangeset["releases"][number];

/** It is still there, stated again, released by this branch, or for a package that is gone. */
function isKept(sides: IntentSides, current: ParsedChangeset | undefined, wish: Release): boolean {
  const stated = [...(current?.releases ?? []), ...sides.added.flatMap(({ releases }) => releases)];
  return (
    stated.some(({ name, type }) => name === wish.name && isAtLeast(type, wish.type)) ||
    isReleased(sides, wish.name) ||
    !sides.head.projects.some(({ name }) => name === wish.name)
  );
}

function isReleased({ base, head }: IntentSides, name: string): boolean {
  const before = findVersion(base, name);
  const now = findVersion(head, name);
  return before !== null && now !== null && gt(now, before);
}

function findVersion({ projects }: GateSide, name: string): string | null {
  const version = projects.find((project) => project.name === name)?.manifest["version"];
  return typeof version === "string" ? valid(version) : null;
}

function describeLoss(
  { path, content }: ParsedChangeset,
  isThere: boolean,
  lost: readonly Release[],
): Finding {
  const names = lost.map(({ name, type }) => `${name} (${type})`).join(", ");
  return {
    code: isThere ? "CHANGESET_WEAKENED" : "CHANGESET_DELETED",
    level: "error",
    subject: path,
    message: isThere
      ? `${path} is of an earlier change and says less than before: ${names} would not be released as promised. Restore it.`
      : `${path} is of an earlier change, and ${names} was not released yet. Restore it.`,
    write: { path, content },
  };
}
