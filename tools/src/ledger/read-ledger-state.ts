import type { EnvironmentState } from "../deploy/environment-state.ts";
import { foldLedger } from "../deploy/fold-ledger.ts";
import type { LedgerContent, LedgerStore } from "./ledger-store.ts";
import { formatSnapshot, parseSnapshot } from "./snapshot.ts";

/** So many records are folded in less than a blink; above, the result is kept for the next command. */
const snapshotEvery = 200;

export interface LedgerState {
  state: EnvironmentState;
  tornBytes: number;
}

/** The state as the ledger says it, from the last snapshot on; the records since are verified. */
export async function readLedgerState(store: LedgerStore): Promise<LedgerState> {
  const { content, before } = await readNewRecords(store);
  const state = foldLedger(content.records, before);
  if (content.records.length >= snapshotEvery) {
    // Without it the next command takes longer, and nothing else.
    await store.writeSnapshot(formatSnapshot({ mark: content.end, state })).catch(() => {});
  }
  return { state, tornBytes: content.tornBytes };
}

async function readNewRecords(
  store: LedgerStore,
): Promise<{ content: LedgerContent; before?: EnvironmentState }> {
  const snapshot = parseSnapshot(await store.readSnapshot());
  const newer = snapshot === null ? null : await store.readAfter(snapshot.mark);
  return snapshot === null || newer === null
    ? { content: await store.read() }
    : { content: newer, before: snapshot.state };
}
