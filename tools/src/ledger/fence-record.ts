import { isNextRecord, type LedgerRecord } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import type { Lease } from "./ledger-store.ts";

/** Refuses a record that does not follow the last one, or whose writer has been overtaken. */
export function fenceRecord(
  record: LedgerRecord,
  last: Pick<LedgerRecord, "seq" | "hash">,
  lease: Lease,
): void {
  if (record.epoch < lease.epoch) {
    throw new SlipwayError(
      "LOCK_LOST",
      `Another run has taken over (epoch ${lease.epoch}, this one has ${record.epoch}).`,
      { hint: "This run changes nothing any more. See what happened: npx nx run tools:history" },
    );
  }
  if (!isNextRecord(record, last)) {
    throw new SlipwayError(
      "LEDGER_CONFLICT",
      `Record ${record.seq} does not follow the ledger's last one, ${last.seq}.`,
      { hint: "Somebody else has written in between. Run the command again." },
    );
  }
}
