import { formatCanonical } from "../../src/deploy/hash-content.ts";
import { firstPrevHash, type LedgerRecord } from "../../src/deploy/ledger-record.ts";
import { fenceRecord } from "../../src/ledger/fence-record.ts";
import type { Lease, LedgerMark, LedgerStore } from "../../src/ledger/ledger-store.ts";

export interface FakeLedgerStore extends LedgerStore {
  /** Written as one line each when a record is appended. */
  events(): readonly string[];
  /** The process that writes is killed right before this record; everything it tries later fails. */
  killBefore(seq: number | null): void;
}

export function createFakeLedgerStore(): FakeLedgerStore {
  const records: LedgerRecord[] = [];
  let lease: Lease = { epoch: 0, holder: null };
  let snapshot: string | null = null;
  let killSeq: number | null = null;
  return {
    async read() {
      return { records: [...records], tornBytes: 0, end: endOf(records) };
    },
    async readAfter(mark) {
      if (mark.seq > 0 && records[mark.seq - 1]?.hash !== mark.hash) return null;
      return { records: records.slice(mark.seq), tornBytes: 0, end: endOf(records) };
    },
    readSnapshot: async () => snapshot,
    async writeSnapshot(text) {
      snapshot = text;
    },
    async append(record) {
      if (killSeq !== null && record.seq >= killSeq) throw new KilledError();
      fenceRecord(record, endOf(records), lease);
      records.push(record);
    },
    async repair() {
      return 0;
    },
    async readLease() {
      return lease;
    },
    async swapLease(expected, next) {
      if (formatCanonical(lease) !== formatCanonical(expected)) return false;
      lease = next;
      return true;
    },
    events: () => records.map(formatRecord),
    killBefore(seq) {
      killSeq = seq;
    },
  };
}

function endOf(records: readonly LedgerRecord[]): LedgerMark {
  const { seq = 0, hash = firstPrevHash } = records.at(-1) ?? {};
  return { bytes: seq, seq, hash };
}

/** Stands for kill -9: nothing of the run may go on after it. */
export class KilledError extends Error {
  override readonly name = "KilledError";
}

function formatRecord(record: LedgerRecord): string {
  return record.event === "run-closed" ? `${record.event} ${record.data.outcome}` : record.event;
}
