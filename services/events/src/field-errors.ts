import { unprocessable } from "@myaegee/service-kit";

/** Messages by field, as a 422 answer shows them. */
export type FieldErrors = Record<string, string[]>;

/** Keeps the fields whose message is not null. */
export function collectFieldErrors(faults: Record<string, string | null>): FieldErrors {
  const errors: FieldErrors = {};
  for (const [field, message] of Object.entries(faults)) {
    if (message !== null) {
      errors[field] = [message];
    }
  }
  return errors;
}

/** 422 when there is anything in it. */
export function expectNoErrors(errors: FieldErrors): void {
  if (Object.keys(errors).length > 0) {
    throw unprocessable(errors);
  }
}
