import { formatWord } from "../format/names.ts";

/** Field name → what is wrong with it, as a 422 answer carries it. */
export type FieldErrors = Record<string, string[]>;

/** A failure that a service (or the way to it) reported; its message is fit to be shown. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status; 0 when no answer arrived. */
  readonly status: number;
  readonly errors: FieldErrors;

  constructor(status: number, message: string, errors: FieldErrors = {}) {
    super(message);
    this.status = status;
    this.errors = errors;
  }
}

/** The sentence to show for anything that was thrown while talking to a service. */
export function formatFailure(failure: unknown): string {
  if (failure instanceof ApiError) return describeFields(failure.errors) ?? failure.message;
  return "Something went wrong on this page. Please reload it and try again.";
}

function describeFields(errors: FieldErrors): string | null {
  const faults = Object.entries(errors).map(([field, messages]) => {
    const name = formatWord(field);
    const text = messages.join(" ");
    // Some services say the field's name themselves.
    return text.startsWith(name) ? text : `${name}: ${text}`;
  });
  return faults.length === 0 ? null : faults.join(" ");
}
