import { randomBytes } from "node:crypto";
import { link, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as wait } from "node:timers/promises";

import { SlipwayError } from "../errors.ts";
import { isAlive } from "../files/is-alive.ts";
import { hasCode } from "../workspace/has-code.ts";

const defaultWaitMs = 10_000;
const pauseMs = 20;

/** Runs `work` while no other process on this machine does; a dead holder's lock is taken over. */
export async function withFileLock<T>(
  file: string,
  work: () => Promise<T>,
  waitMs = defaultWaitMs,
): Promise<T> {
  await mkdir(path.dirname(file), { recursive: true });
  await acquire(file, waitMs);
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

async function acquire(file: string, waitMs: number): Promise<void> {
  const deadline = Date.now() + waitMs;
  while (!(await tryAcquire(file))) {
    const holder = await readHolder(file);
    if (holder !== null && !isAlive(holder)) {
      await rm(file, { force: true });
    } else if (Date.now() > deadline) {
      throw new SlipwayError(
        "LAYOUT_LOCKED",
        `Process ${holder ?? "unknown"} has held ${file} for more than ${waitMs / 1000} s.`,
        { hint: "Wait for it to end; if no Slipway runs on this machine, delete the file." },
      );
    } else {
      await wait(pauseMs);
    }
  }
}

async function tryAcquire(file: string): Promise<boolean> {
  // Linking a finished file makes the lock appear together with its holder's id.
  const claim = `${file}.${process.pid}-${randomBytes(4).toString("hex")}`;
  await writeFile(claim, String(process.pid));
  try {
    await link(claim, file);
    return true;
  } catch (error) {
    if (hasCode(error, "EEXIST")) {
      return false;
    }
    throw error;
  } finally {
    await rm(claim, { force: true });
  }
}

async function readHolder(file: string): Promise<number | null> {
  const text = await readFile(file, "utf8").catch(() => "");
  return /^\d+$/u.test(text) ? Number(text) : null;
}
