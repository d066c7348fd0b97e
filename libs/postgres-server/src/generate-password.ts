import { randomBytes } from "node:crypto";

/** 24 random bytes in an alphabet that needs no escape in a URL. */
export function generatePassword(): string {
  return randomBytes(24).toString("base64url");
}
