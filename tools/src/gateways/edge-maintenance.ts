import type { IncomingMessage } from "node:http";

import type { Refusal } from "./edge-answers.ts";

/** Lets a request through while there is maintenance. */
export const passHeader = "x-maintenance-pass";

export interface Maintenance {
  /** What people read meanwhile; null when all is as usual. */
  message: string | null;
  pass: string;
}

export function findMaintenance(
  { message, pass }: Maintenance,
  { headers }: IncomingMessage,
): Refusal | null {
  if (message === null || headers[passHeader] === pass) return null;
  return { status: 503, message };
}
