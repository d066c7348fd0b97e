import { readdir, rm, stat, utimes } from "node:fs/promises";
import path from "node:path";

const keptMs = 7 * 24 * 60 * 60_000;

/** Deletes compressed layers, bundled packages and fetched bases that no build has used for a week. */
export async function pruneCache(folder: string, nowMs: number): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile() && /\.gz$|^sha256-.*\.json$|^[0-9a-f]{64}$/u.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name));
  await Promise.all(files.map((file) => pruneFile(file, nowMs)));
}

/** Keeps a file for another week. */
export async function markUsed(file: string): Promise<void> {
  const now = new Date();
  // Another process may just have deleted it, which costs no more than making it again.
  await utimes(file, now, now).catch(() => {});
}

async function pruneFile(file: string, nowMs: number): Promise<void> {
  const facts = await stat(file).catch(() => null);
  if (facts !== null && nowMs - facts.mtimeMs > keptMs) {
    await rm(file, { force: true });
  }
}
