import { SlipwayError } from "../errors.ts";
import type { Flags } from "./command.ts";

/** `what` begins the sentence: `--force overrides a safeguard`. */
export function requireReason({ reason }: Flags, what: string): void {
  if (reason !== undefined) return;
  throw new SlipwayError("REASON_MISSING", `${what} and wants a reason.`, {
    hint: 'Nothing was touched. Add --reason="…"; it is kept in the history.',
  });
}
