import { copyFile, rename, stat, truncate } from "node:fs/promises";

export interface LogLimits {
  maxBytes: number;
  /** Older files kept beside the current one. */
  keep: number;
}

export const logLimits: LogLimits = { maxBytes: 5 * 1024 * 1024, keep: 2 };

/**
 * Moves the content of a grown log aside. The file itself stays: the process that writes to it holds it open
 * (for appending), also across a restart of the daemon, which a pipe would not survive.
 */
export async function rotateLog(file: string, limits: LogLimits = logLimits): Promise<boolean> {
  const sizeBytes = await stat(file).then(
    (found) => found.size,
    () => 0,
  );
  if (sizeBytes <= limits.maxBytes) return false;
  for (let age = limits.keep; age > 1; age -= 1) {
    await rename(`${file}.${age - 1}`, `${file}.${age}`).catch(() => {});
  }
  await copyFile(file, `${file}.1`);
  await truncate(file, 0);
  return true;
}
