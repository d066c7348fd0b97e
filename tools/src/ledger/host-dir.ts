import type { LedgerRecord } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import type { Host } from "../hosts/host.ts";
import { fenceRecord } from "./fence-record.ts";
import type { Lease, LedgerContent, LedgerMark, LedgerStore } from "./ledger-store.ts";
import { parseLease } from "./parse-lease.ts";
import { ledgerStart, parseLedger } from "./parse-ledger.ts";

const overtaken = 45;
const moved = 46;

const enter = 'umask 077; mkdir -p "$1"; exec 9>"$1/ledger.lock"; flock 9';
const size = 'size=$(stat -c %s "$1/ledger.jsonl" 2>/dev/null || echo 0)';

/** Appends when nobody has since the place we know, and nobody holds a newer lock. */
const appendScript = [
  enter,
  size,
  `[ "$size" -eq "$2" ] || exit ${moved}`,
  String.raw`epoch=$(sed -n 's/^{"epoch":\([0-9]*\),.*/\1/p' "$1/lease.json" 2>/dev/null)`,
  `[ "\${epoch:-0}" -le "$3" ] || exit ${overtaken}`,
  'cat >>"$1/ledger.jsonl" && sync "$1/ledger.jsonl"',
].join("\n");

const readScript = '[ ! -e "$1/ledger.jsonl" ] || tail -c "+$2" "$1/ledger.jsonl"';

const cutScript = `${enter}\n${size}\n[ "$size" -eq "$2" ] && truncate -s "$3" "$1/ledger.jsonl"`;

const swapScript = [
  enter,
  `[ "$(cat "$1/lease.json" 2>/dev/null)" = "$2" ] || exit ${moved}`,
  'cat >"$1/lease.new" && sync "$1/lease.new" && mv "$1/lease.new" "$1/lease.json"',
].join("\n");

/** Where a snapshot of the state is kept: on this machine, since only what follows it need come from the host. */
export type SnapshotPlace = Pick<LedgerStore, "readSnapshot" | "writeSnapshot">;

/** Ledger and lease in a folder of an environment's host, so that all operators share them. */
export function createHostDirStore(
  host: Host,
  { readSnapshot, writeSnapshot }: SnapshotPlace,
): LedgerStore {
  const tail = openTail(host);
  const readLease = () => readHostLease(host);

  return {
    read: tail.readAll,
    readAfter: tail.readFrom,
    repair: () => tail.repair(),
    readSnapshot,
    writeSnapshot,
    readLease,
    async append(record) {
      const line = `${JSON.stringify(record)}\n`;
      const isNext = record.prevHash === tail.known().hash;
      if (!isNext || !(await tail.tryAppend(line, record))) {
        // Somebody has written, or a write was cut off: look, refuse what does not follow, try once more.
        await tail.repair();
        fenceRecord(record, tail.known(), await readLease());
        if (!(await tail.tryAppend(line, record))) throw conflict(host);
      }
    },
    async swapLease(expected, next) {
      const isFirst = expected.epoch === 0 && expected.holder === null;
      const args = [isFirst ? "" : JSON.stringify(expected)];
      const input = `${JSON.stringify(next)}\n`;
      return (await runScript(host, { script: swapScript, args, input })).exitCode === 0;
    },
  };
}

/** The ledger's file and how far it was read and verified. */
function openTail(host: Host) {
  const name = `${host.name}:${host.folder}/ledger.jsonl`;
  let known: LedgerMark = ledgerStart;

  async function readFrom(mark: LedgerMark): Promise<LedgerContent | null> {
    const ending = Buffer.from(mark.bytes === 0 ? "" : `"hash":"${mark.hash}"}\n`);
    const args = [String(mark.bytes - ending.length + 1)];
    const content = Buffer.from((await runScript(host, { script: readScript, args })).stdout);
    if (!content.subarray(0, ending.length).equals(ending)) return null;
    const parsed = parseLedger(content.subarray(ending.length), name, mark);
    known = parsed.end;
    return parsed;
  }

  async function readAll(): Promise<LedgerContent> {
    return (await readFrom(ledgerStart)) ?? { records: [], tornBytes: 0, end: ledgerStart };
  }

  return {
    known: () => known,
    readFrom,
    readAll,
    async repair() {
      const { tornBytes, end } = (await readFrom(known)) ?? (await readAll());
      if (tornBytes === 0) return 0;
      const args = [String(end.bytes + tornBytes), String(end.bytes)];
      await runScript(host, { script: cutScript, args });
      return tornBytes;
    },
    async tryAppend(line: string, { epoch, seq, hash }: LedgerRecord) {
      const args = [String(known.bytes), String(epoch)];
      const { exitCode } = await runScript(host, { script: appendScript, args, input: line });
      if (exitCode !== 0) return false;
      known = { bytes: known.bytes + Buffer.byteLength(line), seq, hash };
      return true;
    },
  };
}

async function readHostLease(host: Host): Promise<Lease> {
  const script = 'cat "$1/lease.json" 2>/dev/null || true';
  const { stdout } = await runScript(host, { script, args: [] });
  return parseLease(stdout, `${host.name}:${host.folder}/lease.json`);
}

interface Script {
  script: string;
  /** After the folder. */
  args: readonly string[];
  input?: string;
}

async function runScript(host: Host, { script, args, input = "" }: Script) {
  const argv = ["sh", "-c", script, "sh", host.folder, ...args] as const;
  const result = await host.run({ argv, input });
  if ([0, moved, overtaken].includes(result.exitCode)) return result;
  throw new SlipwayError(
    "LEDGER_UNREACHABLE",
    `The ledger on ${host.name} can't be used: ${result.stderr.trim() || `exit code ${result.exitCode}`}`,
    { hint: `Nothing was touched. Look at ${host.folder} there: its rights and its disk.` },
  );
}

function conflict({ name }: Host): SlipwayError {
  return new SlipwayError("LEDGER_CONFLICT", `Somebody else writes to the ledger on ${name}.`, {
    hint: "Run the command again.",
  });
}
