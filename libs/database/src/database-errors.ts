import { DatabaseError } from "pg";

/** Whether a unique constraint or index (of this name) was hit. */
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return hasCode(error, "23505", constraint);
}

/** Whether a foreign key (of this name) was hit. */
export function isForeignKeyViolation(error: unknown, constraint?: string): boolean {
  return hasCode(error, "23503", constraint);
}

/** Whether a check constraint (of this name) was hit. */
export function isCheckViolation(error: unknown, constraint?: string): boolean {
  return hasCode(error, "23514", constraint);
}

/** Whether the same transaction may well work when it is tried again. */
export function isSerializationFailure(error: unknown): boolean {
  return hasCode(error, "40001") || hasCode(error, "40P01");
}

function hasCode(error: unknown, code: string, constraint?: string): boolean {
  return (
    error instanceof DatabaseError &&
    error.code === code &&
    (constraint === undefined || error.constraint === constraint)
  );
}
