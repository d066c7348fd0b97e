import type { ExitCode } from "../exit-codes.ts";

export interface ErrorKind {
  exitCode: ExitCode;
  /** For `docs/reference/errors.md`: when it happens and what to do. */
  meaning: string;
}
