import { commandErrors } from "./error-kinds/command-errors.ts";
import { hostErrors } from "./error-kinds/host-errors.ts";
import { imageErrors } from "./error-kinds/image-errors.ts";
import { releaseErrors } from "./error-kinds/release-errors.ts";
import { runErrors } from "./error-kinds/run-errors.ts";
import type { ExitCode } from "./exit-codes.ts";

/** Every expected failure of Slipway. `docs/reference/errors.md` is generated from this table. */
export const errorKinds = {
  ...commandErrors,
  ...runErrors,
  ...imageErrors,
  ...hostErrors,
  ...releaseErrors,
};

export type ErrorCode = keyof typeof errorKinds;

export interface SlipwayErrorOptions {
  /** What still holds, and the command to run next. */
  hint?: string | undefined;
  cause?: unknown;
  /** Lines shown below the message as they are: log lines, faults. */
  details?: readonly string[];
  /** Overrides the code's own: the same fault ends differently before and after traffic moved. */
  exitCode?: ExitCode;
}

/** An expected failure: shown as message and hint, without a stack. */
export class SlipwayError extends Error {
  override readonly name = "SlipwayError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;
  readonly details: readonly string[];
  readonly exitCode: ExitCode;

  constructor(code: ErrorCode, message: string, options: SlipwayErrorOptions = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
    this.details = options.details ?? [];
    this.exitCode = options.exitCode ?? errorKinds[code].exitCode;
  }
}
