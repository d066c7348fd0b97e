import { type FieldErrors, unprocessable } from "./http-error.ts";

/** Keeps the fields whose message is not null. */
export function collectFieldErrors(faults: Readonly<Record<string, string | null>>): FieldErrors {
  const errors: Record<string, string[]> = {};
  for (const [field, message] of Object.entries(faults)) {
    if (message !== null) {
      addFieldError(errors, field, message);
    }
  }
  return errors;
}

/** Adds to what the field already says. */
export function addFieldError(
  errors: Record<string, string[]>,
  field: string,
  message: string,
): void {
  errors[field] = [...(errors[field] ?? []), message];
}

/** 422 when there is at least one fault. */
export function expectNoFaults(faults: FieldErrors): void {
  if (Object.keys(faults).length > 0) {
    throw unprocessable(faults);
  }
}
