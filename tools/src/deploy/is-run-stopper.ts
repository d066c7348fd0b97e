import { SlipwayError } from "../errors.ts";

const codes: ReadonlySet<string> = new Set([
  "LOCK_LOST",
  "RUN_SUPERSEDED",
  "LEDGER_CONFLICT",
  "LEDGER_UNREACHABLE",
  "LEDGER_BROKEN",
]);

/** After these this process may neither go on nor back: the ledger is not its own any more, or not there. */
export function isRunStopper(error: unknown): error is SlipwayError {
  return error instanceof SlipwayError && codes.has(error.code);
}
