import { exitCodes, type ExitCode } from "./exit-codes.ts";

/** Every expected failure of Slipway, and the exit code it ends with. Each has a heading in `docs/reference/errors.md`. */
const exitCodeOf = {
  FLAGS_INVALID: exitCodes.usage,
  CONFIG_INVALID: exitCodes.usage,
} as const satisfies Record<string, ExitCode>;

export type ErrorCode = keyof typeof exitCodeOf;

/** An expected failure: shown as message and hint, without a stack. */
export class SlipwayError extends Error {
  override readonly name = "SlipwayError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }

  get exitCode(): ExitCode {
    return exitCodeOf[this.code];
  }
}
