import { isUniqueViolation } from "@myaegee/database";
import { HttpError, unprocessable } from "@myaegee/service-kit";

/** Constraint → its field and what to tell whoever sent a value that is taken. */
export type UniqueKeys = Readonly<Record<string, readonly [field: string, message: string]>>;

/** Runs, and turns the violation of one of `keys` into a 422 of its field. */
export async function expectUnique<T>(keys: UniqueKeys, run: () => Promise<T>): Promise<T> {
  try {
    return await run();
  } catch (error) {
    const key = Object.entries(keys).find(([constraint]) => isUniqueViolation(error, constraint));
    if (key === undefined) {
      throw error;
    }
    const [, [field, message]] = key;
    throw unprocessable({ [field]: message });
  }
}

/** One answer for a token that never was, was used or is too old. */
export function invalidToken(): HttpError {
  return new HttpError(404, "Token is invalid or expired.");
}
