import { firstPrevHash, isNextRecord, type LedgerRecord } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import type { LedgerContent, LedgerMark } from "./ledger-store.ts";
import { parseRecord } from "./parse-record.ts";

const newline = 0x0a;

export const ledgerStart: LedgerMark = { bytes: 0, seq: 0, hash: firstPrevHash };

/**
 * Reads and verifies every record after the mark. Only the last line may be cut off; any other damage is an error
 * that names its line.
 */
export function parseLedger(
  content: Buffer,
  name: string,
  mark: LedgerMark = ledgerStart,
): LedgerContent {
  const records: LedgerRecord[] = [];
  let last: Pick<LedgerRecord, "seq" | "hash"> = mark;
  let start = 0;
  while (start < content.length) {
    const end = content.indexOf(newline, start);
    if (end === -1) break;
    const parsed = parseRecord(content.toString("utf8", start, end));
    // One line a record, so a record's number is its line's.
    const line = last.seq + 1;
    if ("fault" in parsed) {
      if (!parsed.isJson && end === content.length - 1) break;
      throw brokenLedger(name, line, parsed.fault);
    }
    if (!isNextRecord(parsed.record, last)) {
      throw brokenLedger(name, line, "it does not fit its hash or the record before");
    }
    records.push(parsed.record);
    last = parsed.record;
    start = end + 1;
  }
  const { seq, hash } = last;
  return {
    records,
    tornBytes: content.length - start,
    end: { bytes: mark.bytes + start, seq, hash },
  };
}

function brokenLedger(name: string, line: number, fault: string): SlipwayError {
  return new SlipwayError(
    "LEDGER_BROKEN",
    `Line ${line} of ${name} is no valid record: ${fault}.`,
    {
      hint: "The file was edited or damaged. Nothing is changed until it is restored from a copy, or set aside: what runs keeps running.",
    },
  );
}
