/** What each benchmark gives to the table and to `--json`. */
export interface BenchResult {
  name: string;
  /** What was measured on, in a line. */
  setting: string;
  header: readonly string[];
  rows: readonly (readonly (string | number | null)[])[];
}

export interface BenchOptions {
  /** Requests for each figure. */
  rounds: number;
  /** Says what goes on, on stderr. */
  say: (line: string) => void;
}

export type Bench = (options: BenchOptions) => Promise<BenchResult>;
