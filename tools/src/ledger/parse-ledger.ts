import { isNextRecord, type LedgerRecord } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import type { LedgerContent } from "./ledger-store.ts";

const newline = 0x0a;

/** Reads and verifies every record. Only the last line may be cut off; damage before it is an error. */
export function parseLedger(content: Buffer, name: string): LedgerContent {
  const records: LedgerRecord[] = [];
  let start = 0;
  while (start < content.length) {
    const end = content.indexOf(newline, start);
    const record = end === -1 ? null : parseRecord(content.toString("utf8", start, end));
    if (record === null || !isNextRecord(record, records.at(-1))) {
      if (end === -1 || end === content.length - 1)
        return { records, tornBytes: content.length - start };
      throw brokenLedger(name, records.length + 1);
    }
    records.push(record);
    start = end + 1;
  }
  return { records, tornBytes: 0 };
}

function parseRecord(line: string): LedgerRecord | null {
  try {
    const record: LedgerRecord | null = JSON.parse(line);
    return typeof record === "object" ? record : null;
  } catch {
    return null;
  }
}

function brokenLedger(name: string, seq: number): SlipwayError {
  return new SlipwayError("LEDGER_BROKEN", `Record ${seq} of ${name} does not fit its hash.`, {
    hint: "The file was edited or damaged. Nothing is changed until it is restored from a copy or set aside.",
  });
}
