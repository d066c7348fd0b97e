import type { TSchema } from "typebox";
import { Compile, type Validator } from "typebox/compile";

import { formatFault, listFaults } from "../config/list-faults.ts";
import type { LedgerRecord } from "../deploy/ledger-record.ts";
import { eventSchemas, RecordEnvelope } from "../deploy/ledger-schema.ts";

/** A line of the ledger: the record, or what is wrong with it in a few words. */
export type ParsedRecord = { record: LedgerRecord } | { fault: string; isJson: boolean };

// Compiled when the first of its kind is read: most commands read few kinds.
const validators = new Map<string, Validator>();

export function parseRecord(line: string): ParsedRecord {
  const value = parseJson(line);
  if (value === undefined) return { fault: "it is no JSON", isJson: false };
  if (isRecord(value)) return { record: value };
  return { fault: describeFault(value), isJson: true };
}

function parseJson(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

function isRecord(value: unknown): value is LedgerRecord {
  if (!check("record", RecordEnvelope, value)) return false;
  const { event, data } = Object(value);
  const schema = findSchema(event);
  // Of a newer Slipway: its hash is checked, its meaning is not known here.
  return schema === null || check(event, schema, data);
}

function check(name: string, schema: TSchema, value: unknown): boolean {
  const known = validators.get(name) ?? Compile(schema);
  validators.set(name, known);
  return known.Check(value);
}

function findSchema(event: string): TSchema | null {
  const found = Object.entries(eventSchemas).find(([name]) => name === event);
  return found?.[1] ?? null;
}

function describeFault(value: unknown): string {
  const { event, data } = Object(value);
  const [first] = [
    ...listFaults(RecordEnvelope, value),
    ...listFaults(findSchema(String(event)) ?? RecordEnvelope, data ?? {}),
  ];
  return first === undefined ? "its fields do not fit" : formatFault(first).replace(/\.$/, "");
}
