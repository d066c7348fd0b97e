import type { ImageInputs } from "./image-record.ts";

const shownChanges = 3;

/** Why these inputs need a build, the most telling change first; null when they are the same as before. */
export function explainRebuild(before: ImageInputs | null, now: ImageInputs): string | null {
  if (before === null) {
    return "no earlier build";
  }
  const changes = [
    ...describeChanges(pickHashes(before), pickHashes(now), "changed"),
    ...describeChanges(before.packages, now.packages, "another version"),
    ...describeSettings(before.settings, now.settings),
  ];
  return changes.length === 0 ? null : shorten(changes);
}

type Values = Readonly<Record<string, string>>;

function pickHashes({ files }: ImageInputs): Values {
  return Object.fromEntries(Object.entries(files).map(([file, { hash }]) => [file, hash]));
}

function describeChanges(before: Values, now: Values, changed: string): string[] {
  return listNames(before, now)
    .filter((name) => before[name] !== now[name])
    .map((name) => `${name} ${describeChange(before[name], now[name], changed)}`);
}

function describeChange(
  before: string | undefined,
  now: string | undefined,
  changed: string,
): string {
  if (before === undefined) {
    return "added";
  }
  return now === undefined ? "removed" : changed;
}

function describeSettings(before: Values, now: Values): string[] {
  return listNames(before, now)
    .filter((name) => before[name] !== now[name])
    .map((name) => {
      const isShort = `${before[name]}${now[name]}`.length < 60;
      return isShort
        ? `${name} ${before[name] ?? "none"} → ${now[name] ?? "none"}`
        : `${name} changed`;
    });
}

function listNames(before: Values, now: Values): string[] {
  return [...new Set([...Object.keys(before), ...Object.keys(now)])].toSorted();
}

function shorten(changes: readonly string[]): string {
  const shown = changes.slice(0, shownChanges).join(", ");
  return changes.length > shownChanges
    ? `${shown} and ${changes.length - shownChanges} more`
    : shown;
}
