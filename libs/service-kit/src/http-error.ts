export type FieldErrors = Readonly<Record<string, readonly string[]>>;

/** An expected refusal: becomes a failure envelope with this status. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  /** Messages by field; then the envelope has `errors` in place of `message`. */
  readonly errors: FieldErrors | undefined;

  constructor(
    status: number,
    message: string,
    options: { errors?: FieldErrors; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.status = status;
    this.errors = options.errors;
  }
}

/** 400: the request itself is malformed. */
export function badRequest(message: string): HttpError {
  return new HttpError(400, message);
}

/** 401: no valid token. */
export function unauthorized(message = "Please log in: this needs a valid token."): HttpError {
  return new HttpError(401, message);
}

/** 403: not allowed, or a business rule says no. */
export function forbidden(message: string): HttpError {
  return new HttpError(403, message);
}

/** 404: `notFound("Event")`. */
export function notFound(thing: string): HttpError {
  return new HttpError(404, `${thing} is not found.`);
}

export function conflict(message: string): HttpError {
  return new HttpError(409, message);
}

/** 422: `unprocessable({ starts: ["Must be before the end."] })`. */
export function unprocessable(
  errors: Readonly<Record<string, string | readonly string[]>>,
): HttpError {
  const lists = Object.entries(errors).map(
    ([field, messages]) => [field, typeof messages === "string" ? [messages] : messages] as const,
  );
  const fields = lists.map(([field]) => field).join(", ");
  return new HttpError(422, `Not valid: ${fields}.`, { errors: Object.fromEntries(lists) });
}

/** 503: a service that this one needs is away. */
export function unavailable(message: string, cause?: unknown): HttpError {
  return new HttpError(503, message, { cause });
}
