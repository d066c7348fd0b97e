import type { FastifySchemaValidationError } from "fastify";

/** Ajv's list as messages by field: `{ "answers.0": ["must be string"] }`. */
export function formatValidationErrors(
  faults: readonly FastifySchemaValidationError[],
): Record<string, string[]> {
  const errors = new Map<string, Set<string>>();
  for (const fault of faults) {
    const field = readField(fault);
    const messages = errors.get(field) ?? new Set();
    errors.set(field, messages.add(readMessage(fault)));
  }
  return Object.fromEntries([...errors].map(([field, messages]) => [field, [...messages]]));
}

function readField({ instancePath, keyword, params }: FastifySchemaValidationError): string {
  const path = instancePath.split("/").slice(1).map(unescapePointer);
  const missing = keyword === "required" ? params["missingProperty"] : undefined;
  const parts = typeof missing === "string" ? [...path, missing] : path;
  return parts.length === 0 ? "body" : parts.join(".");
}

function readMessage({ keyword, message, params }: FastifySchemaValidationError): string {
  const allowed = params["allowedValue"];
  if (keyword === "required") {
    return "is required";
  }
  // People read this beside their field, and a regular expression tells them nothing.
  if (keyword === "pattern") {
    return "is not in the form that is expected";
  }
  return keyword === "const" ? `must be ${JSON.stringify(allowed)}` : (message ?? "is not valid");
}

function unescapePointer(part: string): string {
  return part.replaceAll("~1", "/").replaceAll("~0", "~");
}
