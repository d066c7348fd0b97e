import type { Needs } from "../deploy/order-waves.ts";

export interface RehearsalFacts {
  /** Services of the released set, with what they call. */
  old: Needs;
  /** Services of the candidate. */
  candidate: Needs;
  /** Services that are added, removed or another version in the candidate. */
  changed: readonly string[];
  /** Those of them whose candidate brings migrations. */
  migrating: readonly string[];
}
