import { comparePaths } from "./compare-paths.ts";
import { formatTarHeader } from "./format-tar-header.ts";

/** One thing in a layer. Owner, times and all mode bits but "executable" are the same for everything. */
export type TarEntry =
  | { kind: "file"; path: string; content: Uint8Array; executable?: boolean }
  | { kind: "symlink"; path: string; target: string };

const blockBytes = 512;

/**
 * The tar of these entries and the folders above them: a function of names and content only.
 * Sorted by raw bytes, each folder once before its content, no owner, time zero.
 */
export function formatTar(entries: readonly TarEntry[]): Uint8Array {
  const sorted = entries.toSorted((a, b) => comparePaths(a.path, b.path));
  requireDistinct(sorted);
  const folders = listFolders(sorted).map((path) => ({ kind: "directory" as const, path }));
  const blocks = [...folders, ...sorted]
    .toSorted((a, b) => comparePaths(a.path, b.path))
    .flatMap((entry) =>
      entry.kind === "file"
        ? [formatTarHeader(entry), entry.content, padding(entry.content.byteLength)]
        : [formatTarHeader(entry)],
    );
  return Buffer.concat([...blocks, Buffer.alloc(2 * blockBytes)]);
}

function requireDistinct(sorted: readonly TarEntry[]): void {
  const twice = sorted.find((entry, position) => entry.path === sorted[position + 1]?.path);
  if (twice !== undefined) {
    throw new Error(`A layer would hold ${twice.path} twice.`);
  }
}

function listFolders(entries: readonly TarEntry[]): string[] {
  const folders = new Set<string>();
  for (const { path } of entries) {
    const parts = path.split("/").slice(0, -1);
    parts.forEach((_, position) => folders.add(`${parts.slice(0, position + 1).join("/")}/`));
  }
  return [...folders];
}

function padding(sizeBytes: number): Uint8Array {
  return Buffer.alloc((blockBytes - (sizeBytes % blockBytes)) % blockBytes);
}
