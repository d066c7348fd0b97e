import type { Actor, LedgerRecord } from "../deploy/ledger-record.ts";

/** Who works on the environment right now. */
export interface LeaseHolder {
  actor: Actor;
  run: string;
  reason: string | null;
  command: string;
  host: string;
  pid: number;
  /** Tells a process from a later one with the same id; null where the system does not say. */
  pidStartedAt: string | null;
  /** ISO 8601, UTC. */
  takenAt: string;
  expiresAt: string;
}

/** The lock of an environment. The epoch only grows, also while nobody holds it. */
export interface Lease {
  epoch: number;
  holder: LeaseHolder | null;
}

export interface LedgerContent {
  records: readonly LedgerRecord[];
  /** Bytes after the last whole record: an append that was cut off. `repair` removes them. */
  tornBytes: number;
  /** Where the last whole record ends. */
  end: LedgerMark;
}

/** A place in the ledger: right after this record. */
export interface LedgerMark {
  bytes: number;
  seq: number;
  hash: string;
}

/**
 * Where an environment's ledger and lease live. Every write is a compare-and-set, decided in one place.
 * Adapters: `local-dir.ts`; later the environment's first host and a git reference.
 */
export interface LedgerStore {
  /** Throws LEDGER_BROKEN when a record is not one, or does not fit its hash. */
  read(): Promise<LedgerContent>;
  /** Only what follows, checked against the mark's hash; null when the ledger has no such record at that place. */
  readAfter(mark: LedgerMark): Promise<LedgerContent | null>;
  /** What was last kept by `writeSnapshot`; null when nothing was. Losing it costs time only. */
  readSnapshot(): Promise<string | null>;
  writeSnapshot(text: string): Promise<void>;
  /**
   * Durable when it resolves. Throws LEDGER_CONFLICT when the record does not follow the last one,
   * LOCK_LOST when its epoch is older than the lease's.
   */
  append(record: LedgerRecord): Promise<void>;
  /** Cuts off a torn tail and returns its size in bytes. */
  repair(): Promise<number>;
  readLease(): Promise<Lease>;
  /** Writes the lease if it is still as expected; false when somebody was faster. */
  swapLease(expected: Lease, next: Lease): Promise<boolean>;
  /** Of an environment with several hosts. */
  copies?: LedgerCopies;
}

/** What the other hosts have of the ledger. */
export interface LedgerCopies {
  list(): Promise<readonly LedgerCopy[]>;
  /** Brings the first host what that host has more, and gives the number of records; null when there is no such host. */
  take(host: string): Promise<number | null>;
}

export interface LedgerCopy {
  host: string;
  records: number;
  /** Beside the ledger itself: `ahead` when the copy has more. */
  state: "same" | "behind" | "ahead" | "other" | "unknown";
  /** In a few words. */
  finding: string;
}
