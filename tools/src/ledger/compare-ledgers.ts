import { SlipwayError } from "../errors.ts";
import type { Host } from "../hosts/host.ts";

/** How much of a ledger a host has, and what it begins with. */
export interface LedgerExtent {
  bytes: number;
  /** Hash over its first bytes, as many as were asked for. */
  hash: string;
  /** Lines that are whole. */
  records: number;
}

const script = [
  'cd "$1" 2>/dev/null && [ -e ledger.jsonl ] || { echo "0 - 0"; exit 0; }',
  'size=$(stat -c %s ledger.jsonl); most=${2:-$size}; hash=$(head -c "$most" ledger.jsonl | sha256sum)',
  'echo "$size ${hash%% *} $(wc -l <ledger.jsonl)"',
].join("\n");

/** Of all that is there, or of its first bytes. */
export async function measureLedger(host: Host, bytes?: number): Promise<LedgerExtent> {
  const most = bytes === undefined ? [] : [String(bytes)];
  const { exitCode, stdout, stderr } = await host.run({
    argv: ["sh", "-c", script, "sh", host.folder, ...most],
  });
  if (exitCode !== 0) {
    throw new SlipwayError(
      "LEDGER_UNREACHABLE",
      `The ledger on ${host.name} can't be read: ${stderr.trim()}`,
    );
  }
  const [size, hash = "-", records] = stdout.trim().split(" ");
  return { bytes: Number(size), hash, records: Number(records) };
}

/** `same`, or what the second is beside the first: a beginning of it, more of it, or something else. */
export type Comparison = "same" | "behind" | "ahead" | "other";

/** Compares two ledgers byte by byte without moving them. */
export async function compareLedgers(
  first: Host,
  second: Host,
): Promise<{ first: LedgerExtent; second: LedgerExtent; comparison: Comparison }> {
  const [one, two] = await Promise.all([measureLedger(first), measureLedger(second)]);
  return { first: one, second: two, comparison: await compare({ first, second, one, two }) };
}

interface Compared {
  first: Host;
  second: Host;
  one: LedgerExtent;
  two: LedgerExtent;
}

async function compare({ first, second, one, two }: Compared): Promise<Comparison> {
  if (one.bytes === two.bytes) return one.hash === two.hash ? "same" : "other";
  if (two.bytes === 0) return "behind";
  if (one.bytes === 0) return "ahead";
  const isShorter = two.bytes < one.bytes;
  const [longer, shorter] = isShorter ? [first, two] : [second, one];
  const { hash } = await measureLedger(longer, shorter.bytes);
  if (hash !== shorter.hash) return "other";
  return isShorter ? "behind" : "ahead";
}
