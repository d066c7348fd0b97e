import { mkdir, open, readFile, truncate } from "node:fs/promises";
import { join } from "node:path";

import { formatCanonical } from "../deploy/hash-content.ts";
import { SlipwayError } from "../errors.ts";
import { createMutex } from "../files/mutex.ts";
import { writeFileSafely } from "../files/write-file-safely.ts";
import { hasCode } from "../workspace/has-code.ts";
import { fenceRecord } from "./fence-record.ts";
import type { Lease, LedgerContent, LedgerMark, LedgerStore } from "./ledger-store.ts";
import { parseLease } from "./parse-lease.ts";
import { ledgerStart, parseLedger } from "./parse-ledger.ts";

/** Ledger and lease in one folder of this machine: `ledger.jsonl`, `lease.json`. */
export function createLocalDirStore(folder: string): LedgerStore {
  const ledgerFile = join(folder, "ledger.jsonl");
  const leaseFile = join(folder, "lease.json");
  const snapshotFile = join(folder, "ledger.snapshot");
  const mutex = createMutex(join(folder, "ledger.lock"));

  // What was read and verified once need not be again, as long as what follows fits it.
  let known: LedgerMark = ledgerStart;

  async function readFrom(mark: LedgerMark): Promise<LedgerContent | null> {
    const content = await readLedgerAfter(ledgerFile, mark);
    if (content !== null) known = content.end;
    return content;
  }

  async function readAll(): Promise<LedgerContent> {
    return (await readFrom(ledgerStart)) ?? { records: [], tornBytes: 0, end: ledgerStart };
  }

  async function readTail(): Promise<LedgerContent> {
    return (await readFrom(known)) ?? (await readAll());
  }

  async function cutTail(): Promise<number> {
    const { tornBytes, end } = await readTail();
    if (tornBytes > 0) await truncate(ledgerFile, end.bytes);
    return tornBytes;
  }

  async function alone<Result>(action: () => Promise<Result>): Promise<Result> {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    return mutex(action);
  }

  return {
    read: readAll,
    readAfter: readFrom,
    readSnapshot: async () => (await readIfThere(snapshotFile))?.toString("utf8") ?? null,
    async writeSnapshot(text) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeFileSafely(snapshotFile, text);
    },
    append: (record) =>
      alone(async () => {
        await cutTail();
        fenceRecord(record, known, await readLease(leaseFile));
        const line = Buffer.from(`${JSON.stringify(record)}\n`);
        await appendDurably(ledgerFile, line);
        const { seq, hash } = record;
        known = { bytes: known.bytes + line.length, seq, hash };
      }),
    repair: () => alone(cutTail),
    readLease: () => readLease(leaseFile),
    swapLease: (expected, next) =>
      alone(async () => {
        const current = await readLease(leaseFile);
        if (formatCanonical(current) !== formatCanonical(expected)) return false;
        await writeFileSafely(leaseFile, `${JSON.stringify(next)}\n`);
        return true;
      }),
  };
}

/** Null when no record of that hash ends at the mark: the file was cut, replaced or edited. */
async function readLedgerAfter(file: string, mark: LedgerMark): Promise<LedgerContent | null> {
  const handle = await openIfThere(file);
  if (handle === null) return mark.bytes === 0 ? parseLedger(Buffer.alloc(0), file) : null;
  try {
    const { size } = await handle.stat();
    const ending = Buffer.from(mark.bytes === 0 ? "" : `"hash":"${mark.hash}"}\n`);
    const start = mark.bytes - ending.length;
    if (size < mark.bytes) return null;
    const content = Buffer.alloc(size - start);
    const { bytesRead } = await handle.read(content, 0, content.length, start);
    if (!content.subarray(0, ending.length).equals(ending)) return null;
    return parseLedger(content.subarray(ending.length, bytesRead), file, mark);
  } finally {
    await handle.close();
  }
}

async function openIfThere(file: string) {
  try {
    return await open(file, "r");
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw unreadable(file, error);
  }
}

async function readLease(file: string): Promise<Lease> {
  return parseLease((await readIfThere(file))?.toString("utf8") ?? "", file);
}

async function readIfThere(file: string): Promise<Buffer | null> {
  try {
    return await readFile(file);
  } catch (error) {
    if (hasCode(error, "ENOENT")) return null;
    throw unreadable(file, error);
  }
}

function unreadable(file: string, cause: unknown): SlipwayError {
  return new SlipwayError("LEDGER_BROKEN", `${file} can't be read.`, {
    hint: "Nothing was touched. Look at the file's rights and the disk.",
    cause,
  });
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
