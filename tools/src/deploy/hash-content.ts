import { createHash } from "node:crypto";

/** SHA-256 over the canonical JSON of a value: keys sorted, so that the order of writing does not count. */
export function hashContent(content: unknown): string {
  return createHash("sha256").update(formatCanonical(content)).digest("hex");
}

/** JSON with sorted keys and no white space. */
export function formatCanonical(content: unknown): string {
  return JSON.stringify(content, (_key, value: unknown) => sortKeys(value)) ?? "null";
}

function sortKeys(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).toSorted(([left], [right]) => (left < right ? -1 : 1)),
  );
}
