import { gt, prerelease, rsort, valid } from "semver";

/** Highest version that is no pre-release. */
export function chooseHighest(versions: readonly string[]): string | null {
  return rsort(versions.filter((version) => isVersion(version) && !prerelease(version)))[0] ?? null;
}

/** Whether `latest` may go from one version to the other: never back, and always away from what is no version. */
export function isForward(from: string | null, to: string): boolean {
  return from === null || valid(from) === null || !gt(from, to);
}

/** A tag that is exactly a version: no `v`, no build part, which a tag could not have. */
export function isVersion(tag: string): boolean {
  return valid(tag) === tag;
}
