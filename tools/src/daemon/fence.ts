import { SlipwayError } from "../errors.ts";
import type { MethodName } from "./protocol.ts";

/** Header of a call: the epoch of the lock that its run holds. */
export const epochHeader = "x-slipway-epoch";

/** What changes the environment. Asking, and replacing the daemon by another version of it, is free. */
const mutating: ReadonlySet<MethodName> = new Set([
  "claim",
  "start",
  "runOnce",
  "keepRunning",
  "stop",
  "ensure",
  "shift",
  "retire",
  "remove",
  "announce",
  "maintain",
  "ensureDatabase",
  "ensureSecrets",
  "writeSecret",
  "backUp",
  "restoreBackup",
  "dropBackup",
  "shutdown",
]);

/** Refuses a change by a run whose lock was taken over; `newest` is the highest epoch that has claimed. */
export function fenceCall(method: MethodName, epoch: number, newest: number): void {
  if (!mutating.has(method) || epoch >= newest) return;
  throw new SlipwayError(
    "RUN_SUPERSEDED",
    `Another run has taken over the environment (epoch ${newest}, this one has ${epoch}), so "${method}" was refused.`,
    { hint: "This run changes nothing any more. See what happened: npx nx run tools:history" },
  );
}
