/** How deep JSON may nest; nothing of ours goes beyond a handful. */
const MAX_DEPTH = 32;

/**
 * What PostgreSQL and JSON readers choke on, anywhere in a value: NUL, lone surrogates, absurd nesting.
 * Answers what is wrong, or `null`.
 */
export function findUnsafeText(value: unknown): string | null {
  const open: { value: unknown; depth: number }[] = [{ value, depth: 0 }];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const fault = findFault(next.value, next.depth);
    if (fault !== null) {
      return fault;
    }
    open.push(...listChildren(next.value, next.depth + 1));
  }
  return null;
}

function findFault(value: unknown, depth: number): string | null {
  if (depth > MAX_DEPTH) {
    return `it nests deeper than ${MAX_DEPTH} levels`;
  }
  if (typeof value !== "string") {
    return null;
  }
  if (value.includes("\0")) {
    return "it contains a NUL character";
  }
  return value.isWellFormed() ? null : "it contains half of a surrogate pair";
}

function listChildren(value: unknown, depth: number) {
  if (typeof value !== "object" || value === null || ArrayBuffer.isView(value)) {
    return [];
  }
  return Object.entries(value)
    .flat()
    .map((child) => ({ value: child, depth }));
}
