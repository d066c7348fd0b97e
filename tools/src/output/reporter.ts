import type { DeployPlan, Step } from "../deploy/plan.ts";
import type { ReleaseEvent } from "../release/release-ports.ts";

/** One thing worth telling while a command works. */
export type ReportEvent =
  | ReleaseEvent
  | { type: "plan"; plan: DeployPlan }
  | { type: "step-started"; step: Step; index: number; total: number }
  | { type: "step-done"; step: Step; durationMs: number }
  | { type: "step-failed"; step: Step; durationMs: number; message: string };

/** The answer of a command: a document for machines, the same as text for people. */
export interface Answer {
  document: { type: string; version: number } & Record<string, unknown>;
  /** Printed to stdout; without a newline at the end. */
  text: string;
  /** What to do with it, for people only; goes to stderr. */
  advice?: string;
}

/** Talk goes to stderr, the answer to stdout. `terminal.ts`, `plain.ts` and `json.ts` implement it. */
export interface Reporter {
  event: (event: ReportEvent) => void;
  answer(answer: Answer): void;
  /** Leaves the terminal as it was. */
  close(): void;
}
