import { mkdir, open, readFile, stat, truncate } from "node:fs/promises";
import { join } from "node:path";

import { formatCanonical } from "../deploy/hash-content.ts";
import type { LedgerRecord } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import { fenceRecord } from "./fence-record.ts";
import type { Lease, LedgerContent, LedgerStore } from "./ledger-store.ts";
import { createMutex } from "./mutex.ts";
import { parseLedger } from "./parse-ledger.ts";
import { writeFileDurably } from "./write-file-durably.ts";

/** Ledger and lease in one folder of this machine: `ledger.jsonl`, `lease.json`. */
export function createLocalDirStore(folder: string): LedgerStore {
  const ledgerFile = join(folder, "ledger.jsonl");
  const leaseFile = join(folder, "lease.json");
  const mutex = createMutex(join(folder, "ledger.lock"));

  // Between two appends of one run nobody else writes, so the file need not be read and verified again.
  let tail: LedgerTail | null = null;

  async function readTail(): Promise<LedgerTail> {
    if (tail !== null && tail.sizeBytes === (await readSize(ledgerFile))) return tail;
    const { records, tornBytes } = await readLedger(ledgerFile);
    if (tornBytes > 0) await cutTail(ledgerFile, tornBytes);
    return { sizeBytes: await readSize(ledgerFile), last: records.at(-1) };
  }

  async function alone<Result>(action: () => Promise<Result>): Promise<Result> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return mutex(action);
  }

  return {
    read: () => readLedger(ledgerFile),
    append: (record) =>
      alone(async () => {
        const { sizeBytes, last } = await readTail();
        fenceRecord(record, last, await readLease(leaseFile));
        const line = Buffer.from(`${JSON.stringify(record)}\n`);
        await appendDurably(ledgerFile, line);
        tail = { sizeBytes: sizeBytes + line.length, last: record };
      }),
    repair: () =>
      alone(async () => {
        const { tornBytes } = await readLedger(ledgerFile);
        if (tornBytes > 0) await cutTail(ledgerFile, tornBytes);
        return tornBytes;
      }),
    readLease: () => readLease(leaseFile),
    swapLease: (expected, next) =>
      alone(async () => {
        const current = await readLease(leaseFile);
        if (formatCanonical(current) !== formatCanonical(expected)) return false;
        await writeFileDurably(leaseFile, `${JSON.stringify(next)}\n`);
        return true;
      }),
  };
}

interface LedgerTail {
  sizeBytes: number;
  last: LedgerRecord | undefined;
}

async function readSize(file: string): Promise<number> {
  return (await stat(file).catch(() => null))?.size ?? 0;
}

async function readLedger(file: string): Promise<LedgerContent> {
  return parseLedger(await readIfThere(file), file);
}

async function readLease(file: string): Promise<Lease> {
  const content = await readIfThere(file);
  if (content.length === 0) return { epoch: 0, holder: null };
  const lease: Lease = JSON.parse(content.toString("utf8"));
  return lease;
}

async function readIfThere(file: string): Promise<Buffer> {
  try {
    return await readFile(file);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT")
      return Buffer.alloc(0);
    throw new SlipwayError("LEDGER_BROKEN", `${file} can't be read.`, { cause: error });
  }
}

async function appendDurably(file: string, line: Buffer): Promise<void> {
  const handle = await open(file, "a", 0o600);
  try {
    await handle.appendFile(line);
    await handle.datasync();
  } finally {
    await handle.close();
  }
}

async function cutTail(file: string, tornBytes: number): Promise<void> {
  const { length } = await readIfThere(file);
  await truncate(file, length - tornBytes);
}
