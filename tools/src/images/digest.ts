import { createHash } from "node:crypto";

/** `sha256:` and 64 hex digits: the only algorithm Slipway writes or accepts. */
export const digestPattern = "^sha256:[0-9a-f]{64}$";

const digestExpression = new RegExp(digestPattern, "u");

export function isDigest(text: string): boolean {
  return digestExpression.test(text);
}

export function computeDigest(content: Uint8Array | string): string {
  return `sha256:${createHash("sha256").update(content).digest("hex")}`;
}

/** Safe as a file name on every system: `sha256-…`. */
export function formatDigestAsName(digest: string): string {
  return digest.replace(":", "-");
}
