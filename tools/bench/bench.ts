import type { Row } from "./compare/row.ts";

/** What each benchmark gives to the table and to `--json`. */
export interface BenchResult {
  name: string;
  /** What was measured on, in a line. */
  setting: string;
  /** Figures of our own, without a peer. */
  table: Table | null;
  /** Ours beside a peer's, on the same work. */
  rows: readonly Row[];
  /** What was not measured, and why. */
  leftOut: readonly string[];
}

export interface Table {
  header: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

export interface BenchOptions {
  /** How often each figure is taken; null for the benchmark's own choice. */
  rounds: number | null;
  /** Says what goes on, on stderr. */
  say: (line: string) => void;
}

export type Bench = (options: BenchOptions) => Promise<BenchResult>;
