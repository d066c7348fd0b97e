import { createHash } from "node:crypto";

import type { ExitCode } from "../exit-codes.ts";
import type { DeployPlan, Step } from "./plan.ts";

export interface Actor {
  /** `Ada Lovelace <ada@example.org>`, or a login. */
  name: string;
  kind: "git" | "ci" | "os";
}

export type RunOutcome =
  | "committed"
  | "failed-clean"
  | "rolled-back"
  | "held"
  | "rollback-failed"
  | "superseded";

/** What happened. An effect on the outside world has an intent before it and an outcome after it. */
export type LedgerEvent =
  | { event: "run-opened"; data: { plan: DeployPlan } }
  | { event: "step-intended"; data: { index: number } }
  | { event: "step-done"; data: { index: number; durationMs: number } }
  | { event: "step-failed"; data: { index: number; code: string; message: string } }
  | { event: "return-intended"; data: { step: Step } }
  | { event: "return-done"; data: { step: Step } }
  | {
      event: "run-closed";
      data: { outcome: RunOutcome; exitCode: ExitCode; message: string | null };
    }
  | { event: "pin-lifted"; data: { service: string } }
  | { event: "environment-stopped"; data: Record<string, never> }
  | { event: "ledger-repaired"; data: { droppedBytes: number } }
  | { event: "gates-overridden"; data: { gates: readonly string[] } }
  | { event: "set-verified"; data: Verification }
  | { event: "frozen"; data: { until: string | null } }
  | { event: "thawed"; data: Record<string, never> }
  | { event: "secret-changed"; data: { name: string; mark: string } }
  | { event: "maintenance-begun"; data: { message: string } }
  | { event: "maintenance-ended"; data: Record<string, never> }
  | { event: "hosts-lost"; data: { hosts: readonly string[] } }
  | { event: "hosts-caught-up"; data: { hosts: readonly string[] } }
  | { event: "backup-restored"; data: { service: string; backup: string } };

/** That these services, as a set and so configured, passed their tests in this environment, or did not. */
export interface Verification {
  set: string;
  /** Hash over service → digest. */
  content: string;
  /** Hash over the settings by name, see `hash-configuration.ts`. */
  configuration: string;
  isPassed: boolean;
  suites: readonly string[];
  /** Since when the set ran. ISO 8601, UTC. */
  deployedAt: string;
}

/** One line of the ledger. Its hash covers the hash before, so a changed past shows. */
export type LedgerRecord = LedgerEvent & {
  seq: number;
  /** ISO 8601, UTC. */
  time: string;
  /** Null for what belongs to no run. */
  run: string | null;
  /** Of the lease the writer held; a store refuses an older one than it has seen. */
  epoch: number;
  actor: Actor;
  reason: string | null;
  prevHash: string;
  hash: string;
};

export type LedgerDraft = LedgerEvent & Omit<LedgerRecord, "hash" | "event" | "data">;

export const firstPrevHash = "0".repeat(64);

export function sealRecord(draft: LedgerDraft): LedgerRecord {
  return { ...draft, hash: hashDraft(draft) };
}

/** True when the record's hash fits its content and it follows the one before. */
export function isNextRecord(
  record: LedgerRecord,
  previous: Pick<LedgerRecord, "seq" | "hash"> | undefined,
): boolean {
  const { hash, ...draft } = record;
  return (
    record.seq === (previous?.seq ?? 0) + 1 &&
    record.prevHash === (previous?.hash ?? firstPrevHash) &&
    hash === hashDraft(draft)
  );
}

/** As it is written, without its hash: JSON keeps the order of keys, so reading it back gives the same text. */
function hashDraft(draft: LedgerDraft): string {
  return createHash("sha256").update(JSON.stringify(draft)).digest("hex");
}
