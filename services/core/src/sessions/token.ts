import { createHash, randomBytes } from "node:crypto";

export const tokenBytes = { access: 16, refresh: 64, mail: 64 } as const;

/** A random value to hand out; only its hash is ever stored. */
export function createToken(bytes: number): { value: string; hash: Buffer } {
  const value = randomBytes(bytes).toString("hex");
  return { value, hash: hashToken(value) };
}

/** Tokens are long and random, so one round of SHA-256 is enough: nobody can guess what it came from. */
export function hashToken(value: string): Buffer {
  return createHash("sha256").update(value.trim()).digest();
}
