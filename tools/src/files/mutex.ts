import { readFile, writeFile } from "node:fs/promises";
import process from "node:process";
import { setTimeout as sleep } from "node:timers/promises";

import { SlipwayError } from "../errors.ts";
import { endIfSuspended } from "./end-if-suspended.ts";
import { type HeldLock, holdLock } from "./hold-lock.ts";

const waitLimitMs = 10_000;
const patienceMs = 2000;
const pollMs = 5;

/** Runs one action at a time, over all processes of this machine. */
export type Mutex = <Result>(action: () => Promise<Result>) => Promise<Result>;

/**
 * A lock that the kernel gives back when its holder dies, however it dies. A holder that was suspended in the middle
 * of its few milliseconds is ended: it would keep everybody out, and could write over its successor when it wakes.
 */
export function createMutex(file: string): Mutex {
  return async (action) => {
    const lock = await enter(file);
    try {
      await writeFile(`${file}.holder`, String(process.pid), { mode: 0o600 });
      return await action();
    } finally {
      lock.release();
    }
  };
}

async function enter(file: string): Promise<HeldLock> {
  const startedAt = Date.now();
  for (;;) {
    const lock = holdLock(file);
    if (lock !== null) return lock;
    const waitedMs = Date.now() - startedAt;
    if (waitedMs > waitLimitMs) throw await stillHeld(file);
    if (waitedMs > patienceMs) endIfSuspended(await readHolder(file));
    await sleep(pollMs);
  }
}

async function readHolder(file: string): Promise<number> {
  return Number(await readFile(`${file}.holder`, "utf8").catch(() => ""));
}

async function stillHeld(file: string): Promise<SlipwayError> {
  return new SlipwayError(
    "LEDGER_CONFLICT",
    `Process ${await readHolder(file)} has held ${file} for ${waitLimitMs / 1000} s.`,
    { hint: "Nothing was touched. End it, then run the command again." },
  );
}
