/** Another service could not be reached, or broke its contract. */
export class ServiceCallError extends Error {
  override readonly name = "ServiceCallError";
  /** Absent when no answer came. */
  readonly status: number | undefined;

  constructor(message: string, options: { status?: number; cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.status = options.status;
  }
}
