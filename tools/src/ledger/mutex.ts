import { DatabaseSync } from "node:sqlite";
import { setTimeout as sleep } from "node:timers/promises";

import { SlipwayError } from "../errors.ts";

const waitLimitMs = 10_000;
const pollMs = 5;

/** Runs one action at a time, over all processes of this machine. */
export type Mutex = <Result>(action: () => Promise<Result>) => Promise<Result>;

/**
 * A lock that the kernel gives back when its holder dies, however it dies. Node has no flock, but SQLite
 * takes just such a lock on the file of an otherwise empty database.
 */
export function createMutex(file: string): Mutex {
  return async (action) => {
    const database = new DatabaseSync(file, { timeout: 0 });
    try {
      await enter(database, file);
      return await action();
    } finally {
      database.close();
    }
  };
}

async function enter(database: DatabaseSync, file: string): Promise<void> {
  const limit = Date.now() + waitLimitMs;
  while (!tryEnter(database)) {
    if (Date.now() > limit) {
      throw new SlipwayError(
        "LEDGER_CONFLICT",
        `Another process has held ${file} for ${waitLimitMs / 1000} s.`,
        { hint: "It may be suspended. End it, then run the command again." },
      );
    }
    await sleep(pollMs);
  }
}

function tryEnter(database: DatabaseSync): boolean {
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch (error) {
    if (isBusy(error)) return false;
    throw error;
  }
}

function isBusy(error: unknown): boolean {
  const sqliteBusy = 5;
  return error instanceof Error && "errcode" in error && error.errcode === sqliteBusy;
}
