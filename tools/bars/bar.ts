export type DriverName = "process" | "compose";

/** One figure of one row, as it came out. */
export interface Figure {
  row: string;
  driver: DriverName;
  figure: string;
  isMet: boolean;
}

export interface MeasureOptions {
  driver: DriverName;
  /** Host of the lab, for containers. */
  labHost: string;
  say: (line: string) => void;
}

/** Measures one or more rows in one go. */
export type Measure = (options: MeasureOptions) => Promise<readonly Figure[]>;
