import { createHash, timingSafeEqual } from "node:crypto";

/** Compares hashes in constant time, so an answer's time tells nothing of how near a guess was. */
export function isServiceToken(
  tokens: Readonly<Record<string, string>>,
  { service, token }: { service: string; token: string | undefined },
): boolean {
  const expected = Object.hasOwn(tokens, service) ? tokens[service] : undefined;
  const isEqual = timingSafeEqual(hash(token ?? ""), hash(expected ?? ""));
  return isEqual && token !== undefined && expected !== undefined;
}

function hash(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
