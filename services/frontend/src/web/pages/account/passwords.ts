import { ApiError } from "../../api/api-error.ts";

/** Throws what the form shows beside the second field when the two differ. */
export function requirePasswordsMatch(password: string, copy: string): void {
  if (password === copy) return;
  throw new ApiError(422, "The passwords differ.", {
    password_copy: ["The two passwords differ."],
  });
}
