import { createHash } from "node:crypto";

import type { EnvironmentState, PastRun } from "../deploy/environment-state.ts";
import type { LedgerMark } from "./ledger-store.ts";

/** Raised whenever the fold changes, so that what an older one made is not taken for its work. */
const snapshotVersion = 3;
const keptRuns = 300;

export interface Snapshot {
  mark: LedgerMark;
  state: EnvironmentState;
}

/** The state at a place of the ledger as two lines: a hash, and what it covers. */
export function formatSnapshot({ mark, state }: Snapshot): string {
  const trimmed = { ...state, runs: keepRuns(state) };
  const body = JSON.stringify({ version: snapshotVersion, mark, state: trimmed }, packSet);
  return `${hash(body)}\n${body}\n`;
}

/** Null when it was cut off, edited, or made by another fold: then the ledger is read from its start. */
export function parseSnapshot(text: string | null): Snapshot | null {
  const [sum, body = ""] = (text ?? "").split("\n");
  // The hash proves that `formatSnapshot` wrote it.
  if (sum !== hash(body)) return null;
  const content: Snapshot & { version: number } = JSON.parse(body, unpackSet);
  return content.version === snapshotVersion ? content : null;
}

/** The newest, and those that something still running came with. */
function keepRuns({ runs, services, pins }: EnvironmentState): readonly PastRun[] {
  const named = new Set([...Object.values(services), ...Object.values(pins)].map(({ run }) => run));
  return runs.filter(({ run }, index) => index >= runs.length - keptRuns || named.has(run));
}

function packSet(_key: string, value: unknown): unknown {
  return value instanceof Set ? { $set: [...value] } : value;
}

function unpackSet(_key: string, value: unknown): unknown {
  const isPacked = typeof value === "object" && value !== null && "$set" in value;
  return isPacked && Array.isArray(value.$set) ? new Set(value.$set) : value;
}

function hash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
