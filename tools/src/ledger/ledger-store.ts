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
}

/**
 * Where an environment's ledger and lease live. Every write is a compare-and-set, decided in one place.
 * Adapters: `local-dir.ts`; later the environment's first host and a git reference.
 */
export interface LedgerStore {
  /** Throws LEDGER_BROKEN when a record before the last does not fit its hash. */
  read(): Promise<LedgerContent>;
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
}
