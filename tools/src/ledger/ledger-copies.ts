import type { LedgerRecord } from "../deploy/ledger-record.ts";
import { SlipwayError } from "../errors.ts";
import type { Host } from "../hosts/host.ts";
import { runOnHost } from "../hosts/run-on-host.ts";
import { type Comparison, compareLedgers } from "./compare-ledgers.ts";
import type { LedgerCopy } from "./ledger-store.ts";

const moved = 46;

/** Adds to a ledger when it is still as the condition says. */
function extendWhen(condition: string): string {
  return [
    'umask 077; mkdir -p "$1"; exec 9>"$1/ledger.lock"; flock 9',
    `${condition} || exit ${moved}`,
    'cat >>"$1/ledger.jsonl" && sync "$1/ledger.jsonl"',
  ].join("\n");
}

const hasSize = extendWhen('[ "$(stat -c %s "$1/ledger.jsonl" 2>/dev/null || echo 0)" -eq "$2" ]');
const hasEnding = extendWhen('[ "$(tail -c "$3" "$1/ledger.jsonl" 2>/dev/null)" = "$2" ]');

/** Adds one record to the copy; brings it all that it lacks when it does not end with the record before. */
export async function copyRecord(source: Host, copy: Host, record: LedgerRecord): Promise<void> {
  const ending = record.seq === 1 ? "" : `"hash":"${record.prevHash}"}`;
  const known = [ending, String(ending.length + 1)];
  const line = `${JSON.stringify(record)}\n`;
  if (!(await extend(copy, { script: hasEnding, known, more: line }))) {
    await catchUpCopy(source, copy);
  }
}

interface Extension {
  script: string;
  /** What must be so, for the script. */
  known: readonly string[];
  more: string;
}

/** False when the ledger is not as expected. */
async function extend(host: Host, { script, known, more }: Extension): Promise<boolean> {
  const argv = ["sh", "-c", script, "sh", host.folder, ...known] as const;
  const { exitCode, stderr } = await host.run({ argv, input: more });
  if (exitCode === 0 || exitCode === moved) return exitCode === 0;
  throw new SlipwayError("HOST_FAILED", `The ledger's copy on ${host.name}: ${stderr.trim()}`);
}

/** Gives the copy what it lacks. Throws LEDGER_BEHIND when it has more, LEDGER_BROKEN when it is another ledger. */
export async function catchUpCopy(source: Host, copy: Host): Promise<void> {
  const { comparison, first, second } = await compareLedgers(source, copy);
  if (comparison === "ahead") throw behind(source, copy, [first.records, second.records]);
  if (comparison === "other") throw diverged(source, copy);
  if (comparison === "behind") await send(source, copy, second.bytes);
}

async function send(from: Host, to: Host, bytes: number): Promise<void> {
  const argv = ["tail", "-c", `+${bytes + 1}`, `${from.folder}/ledger.jsonl`] as const;
  const more = await runOnHost(from, { argv });
  if (await extend(to, { script: hasSize, known: [String(bytes)], more })) return;
  throw new SlipwayError("LEDGER_CONFLICT", `Somebody else writes to the ledger on ${to.name}.`, {
    hint: "Run the command again.",
  });
}

/** What each other host has of the ledger; the reason where it can't be asked. */
export async function listCopies(
  source: Host,
  copies: readonly { name: string; open: () => Promise<Host> }[],
): Promise<readonly LedgerCopy[]> {
  return Promise.all(
    copies.map(async ({ name, open }) => {
      try {
        const { comparison, second } = await compareLedgers(source, await open());
        const { records } = second;
        return { host: name, records, state: comparison, finding: describe(comparison, records) };
      } catch (error) {
        const finding = error instanceof Error ? error.message : String(error);
        return { host: name, records: 0, state: "unknown" as const, finding };
      }
    }),
  );
}

function describe(comparison: Comparison, records: number): string {
  const meaning = {
    same: "all of it",
    behind: "the next run adds the rest",
    ahead: "more than the first host: restore it from there",
    other: "another ledger",
  };
  return `${records} records, ${meaning[comparison]}`;
}

/** Brings the first host what a copy has more. What is there must be its beginning, so nothing is lost. */
export async function takeCopy(source: Host, copy: Host): Promise<number> {
  const { comparison, first, second } = await compareLedgers(source, copy);
  if (comparison === "other") throw diverged(source, copy);
  if (comparison === "ahead") await send(copy, source, first.bytes);
  return comparison === "ahead" ? second.records - first.records : 0;
}

function behind(source: Host, copy: Host, [has, had]: readonly [number, number]): SlipwayError {
  return new SlipwayError(
    "LEDGER_BEHIND",
    `The ledger on ${source.name} has ${has} records, its copy on ${copy.name} has ${had}.`,
    {
      hint: `Nothing was touched. The first host was made anew, or another one was first. Take the copy: npx slipway restore ledger --backup=${copy.name} --reason=… --env=…`,
    },
  );
}

function diverged(source: Host, copy: Host): SlipwayError {
  return new SlipwayError(
    "LEDGER_BROKEN",
    `${copy.name} has another ledger than ${source.name}, not a copy of it.`,
    {
      hint: `Nothing was touched. Find out which one is right (npx slipway doctor), and put the other away: ${copy.folder}/ledger.jsonl`,
    },
  );
}
