import type { BundledSource, ImageSource } from "../images/image-source.ts";
import type { Reason } from "./verdict.ts";

export interface ImageSide {
  source: ImageSource;
  /** Null where the code can't be judged apart from its files. */
  bundled: BundledSource | null;
}

/** `names` says which of our libraries a package or another library comes through. */
export interface Explanation {
  service: string;
  folder: string;
  /** Folders from the service to one of our libraries. */
  findPath(library: string): readonly string[];
  /** Folder of the project that names the package. */
  findUser(packageFolder: string): string;
}

/** Whether anything differs at all; sources that are equal need no bundling. */
export function isSameSource(before: ImageSource, now: ImageSource): boolean {
  return (
    listChanges(before.files, now.files).length === 0 &&
    listChanges(before.packages, now.packages).length === 0 &&
    listChanges(before.settings, now.settings).length === 0
  );
}

/** Why the image of a service is another one; empty when it is the same. */
export function explainImage(before: ImageSide, now: ImageSide, how: Explanation): Reason[] {
  return [
    ...explainFiles(before, now, how),
    ...explainPackages(before, now, how),
    ...listChanges(before.source.settings, now.source.settings).map((name) => ({
      chain: [name, how.service],
      what: describe(before.source.settings[name], now.source.settings[name], name !== "service"),
    })),
  ];
}

function explainFiles(before: ImageSide, now: ImageSide, how: Explanation): Reason[] {
  const changed = listChanges(before.source.files, now.source.files);
  const shipped = changed.filter((file) => isShipped(file, how.folder));
  return pickTelling(before.bundled, now.bundled, { changed, shipped }).map((file) =>
    explainFile(file, [before.source, now.source], how),
  );
}

interface ChangedFiles {
  changed: readonly string[];
  shipped: readonly string[];
}

/** Of the files that changed those that can have made the difference. */
function pickTelling(
  before: BundledSource | null,
  now: BundledSource | null,
  { changed, shipped }: ChangedFiles,
): readonly string[] {
  if (before === null || now === null) return changed;
  if (before.hash === now.hash) return shipped;
  const code = new Set([...before.files, ...now.files, ...shipped]);
  const telling = changed.filter((file) => code.has(file));
  return telling.length > 0 ? telling : changed;
}

/** Migrations are in the image as they are. */
function isShipped(file: string, folder: string): boolean {
  return file.startsWith(`${folder}/migrations/`) && file.endsWith(".sql");
}

function explainFile(
  file: string,
  [before, now]: readonly [ImageSource, ImageSource],
  how: Explanation,
): Reason {
  const libraries = [...now.libraries, ...before.libraries];
  const library = libraries.find((folder) => file.startsWith(`${folder}/`));
  const path = library === undefined ? [] : how.findPath(library).toReversed().map(shorten);
  return {
    chain: [file, ...path, how.service],
    what: describe(before.files[file], now.files[file], false),
  };
}

function explainPackages(before: ImageSide, now: ImageSide, how: Explanation): Reason[] {
  const isJudged = before.bundled !== null && now.bundled !== null;
  const old = isJudged ? (before.bundled?.packages ?? {}) : before.source.packages;
  const current = isJudged ? (now.bundled?.packages ?? {}) : now.source.packages;
  return listChanges(old, current).map((folder) => {
    const user = how.findUser(folder);
    const path = user === how.folder ? [] : how.findPath(user).toReversed().map(shorten);
    const name = folder.slice(folder.lastIndexOf("node_modules/") + "node_modules/".length);
    return {
      chain: [name, ...path, how.service],
      what: describe(firstWord(old[folder]), firstWord(current[folder]), true),
    };
  });
}

type Values = Readonly<Record<string, string>>;

function listChanges(before: Values, now: Values): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(now)]);
  return [...names].filter((name) => before[name] !== now[name]).toSorted();
}

function describe(before: string | undefined, now: string | undefined, isShown: boolean): string {
  if (before === undefined) return isShown ? `added ${now}` : "added";
  if (now === undefined) return "removed";
  return isShown && before !== now ? `${before} → ${now}` : "changed";
}

function firstWord(text: string | undefined): string | undefined {
  return text?.split(" ", 1)[0];
}

function shorten(folder: string): string {
  return folder.slice(folder.lastIndexOf("/") + 1);
}
