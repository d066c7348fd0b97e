import { DatabaseSync } from "node:sqlite";

export interface HeldLock {
  release(): void;
}

/**
 * Takes a lock that the kernel gives back when this process ends, however it ends; null when another has it.
 * Node offers no `flock`: SQLite does, behind an exclusive transaction on an empty database.
 */
export function holdLock(file: string): HeldLock | null {
  const database = new DatabaseSync(file, { timeout: 0 });
  try {
    database.exec("PRAGMA journal_mode = MEMORY; BEGIN EXCLUSIVE");
  } catch (cause) {
    database.close();
    if (isBusy(cause)) return null;
    throw cause;
  }
  return { release: () => database.close() };
}

function isBusy(cause: unknown): boolean {
  const sqliteBusy = 5;
  return cause instanceof Error && "errcode" in cause && cause.errcode === sqliteBusy;
}
