import { unprocessable } from "@myaegee/service-kit";

/** Messages by field, as a 422 answer shows them. */
export type FieldErrors = Record<string, string[]>;

export function addFieldError(errors: FieldErrors, field: string, message: string): void {
  errors[field] = [...(errors[field] ?? []), message];
}

/** 422 when there is anything in it. */
export function expectNoErrors(errors: FieldErrors): void {
  if (Object.keys(errors).length > 0) {
    throw unprocessable(errors);
  }
}
