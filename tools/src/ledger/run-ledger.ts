import { foldRecord } from "../deploy/fold-ledger.ts";
import { isSurrounding } from "../deploy/is-definitive.ts";
import { sealRecord, type Actor, type LedgerEvent } from "../deploy/ledger-record.ts";
import type { RunLedger } from "../deploy/run-ports.ts";
import { SlipwayError } from "../errors.ts";
import type { LedgerStore } from "./ledger-store.ts";
import { readLedgerState } from "./read-ledger-state.ts";

export interface RunLedgerOptions {
  store: LedgerStore;
  run: string;
  epoch: number;
  actor: Actor;
  reason: string | null;
  now: () => Date;
}

/** Opens the ledger for writing; a torn tail is cut off and noted. */
export async function openRunLedger(options: RunLedgerOptions): Promise<RunLedger> {
  const { store, epoch, actor, reason, now } = options;
  const droppedBytes = await store.repair();
  let { state } = await readLedgerState(store);

  async function append(run: string, event: LedgerEvent): Promise<void> {
    const place = { seq: state.seq + 1, time: now().toISOString(), prevHash: state.lastHash };
    const record = sealRecord({ ...event, ...place, run, epoch, actor, reason });
    await store.append(record).catch((cause: unknown) => {
      throw cause instanceof SlipwayError && !isSurrounding(cause.code)
        ? cause
        : unreachable(cause);
    });
    state = foldRecord(state, record);
  }

  function forRun(run: string): RunLedger {
    return { run, actor, state: () => state, append: (event) => append(run, event), forRun };
  }

  const ledger = forRun(options.run);
  if (droppedBytes > 0) await ledger.append({ event: "ledger-repaired", data: { droppedBytes } });
  return ledger;
}

/** Without its ledger a run may change nothing: what happened could not be told apart from what did not. */
function unreachable(cause: unknown): SlipwayError {
  const why = cause instanceof Error ? cause.message : String(cause);
  return new SlipwayError("LEDGER_UNREACHABLE", `The ledger can't be written: ${why}`, {
    hint: "What ran keeps running. Mend the disk, its rights or the way to its host; the next command goes on from here.",
    cause,
  });
}
