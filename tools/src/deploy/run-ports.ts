import type { Gateway } from "../gateways/gateway.ts";
import type { Platform } from "../hosts/platform.ts";
import type { Runtime } from "../runtimes/runtime.ts";
import type { PlanPolicy } from "./deploy-facts.ts";
import type { EnvironmentState } from "./environment-state.ts";
import type { Actor, LedgerEvent } from "./ledger-record.ts";
import type { Step } from "./plan.ts";

/** Time, so that tests need not wait. */
export interface Clock {
  now(): Date;
  /** Resolves early, without an error, when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** The ledger as one run writes it, and the state that follows from it. */
export interface RunLedger {
  readonly run: string;
  /** Who writes. */
  readonly actor: Actor;
  state(): EnvironmentState;
  /** Durable when it resolves; refused when another run has taken over. */
  append(event: LedgerEvent): Promise<void>;
  /** The same ledger, for a run that another process has left half-way. */
  forRun(run: string): RunLedger;
}

/** How a run tells what it does. */
export type RunReport = (
  event:
    | { type: "note"; text: string }
    | { type: "warning"; text: string }
    | { type: "step-started"; step: Step; index: number; total: number }
    | { type: "step-done"; step: Step; durationMs: number }
    | { type: "step-failed"; step: Step; durationMs: number; message: string },
) => void;

/** Everything a run touches. */
export interface RunPorts {
  runtime: Runtime;
  gateway: Gateway;
  platform: Platform;
  ledger: RunLedger;
  policy: PlanPolicy;
  clock: Clock;
  report: RunReport;
  /** Aborted by Ctrl-C and when the lock is lost. */
  signal: AbortSignal;
}
