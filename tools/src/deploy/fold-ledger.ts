import {
  emptyState,
  type EnvironmentState,
  type OpenRun,
  type PastRun,
} from "./environment-state.ts";
import { foldCommit } from "./fold-commit.ts";
import { foldStep } from "./fold-step.ts";
import type { LedgerRecord } from "./ledger-record.ts";

/** The state of an environment after these records. The same records give the same state. */
export function foldLedger(records: readonly LedgerRecord[]): EnvironmentState {
  return records.reduce(foldRecord, emptyState);
}

export function foldRecord(state: EnvironmentState, record: LedgerRecord): EnvironmentState {
  const next = foldEvent(state, record);
  return { ...next, seq: record.seq, lastHash: record.hash };
}

// oxlint-disable-next-line complexity -- one line a kind; the compiler finds a forgotten one
function foldEvent(state: EnvironmentState, record: LedgerRecord): EnvironmentState {
  switch (record.event) {
    case "run-opened":
      return openRun(state, record);
    case "step-intended":
      return foldIntent(state, record.data.index);
    case "step-done":
      return foldDone(state, record);
    case "return-intended":
      return changeRun(state, (run) => ({ ...run, isReturning: true }));
    case "run-closed":
      return closeRun(state, record);
    case "pin-lifted":
      return { ...state, pins: omit(state.pins, record.data.service) };
    case "environment-stopped":
      return { ...state, isStopped: true };
    case "step-failed":
    case "return-done":
    case "ledger-repaired":
      return state;
  }
  // A newer Slipway may have written events that this one does not know; they change nothing here.
  return state;
}

function openRun(
  state: EnvironmentState,
  record: LedgerRecord & { event: "run-opened" },
): EnvironmentState {
  const { plan } = record.data;
  const run = record.run ?? "";
  const shared = { run, actor: record.actor, reason: record.reason, openedAt: record.time };
  const open: OpenRun = {
    ...shared,
    plan,
    intended: new Set(),
    done: new Set(),
    isReturning: false,
  };
  const past: PastRun = {
    ...shared,
    kind: plan.kind,
    set: plan.set.id,
    commit: plan.set.commit,
    closedAt: null,
    outcome: "open",
    message: null,
    changes: plan.changes,
  };
  return {
    ...state,
    openRun: open,
    runs: [...state.runs, past],
    instances: pickKnownInstances(state),
    isStopped: false,
  };
}

/** Those that somebody may still ask for: of versions to go back to, and the last one of each service. */
function pickKnownInstances({
  instances,
  earlier,
}: EnvironmentState): EnvironmentState["instances"] {
  const last = new Map(Object.keys(instances).map((id) => [serviceOf(id), id]));
  const kept = Object.values(earlier)
    .flat()
    .map(({ instance }) => instance);
  const known = new Set([...last.values(), ...kept]);
  return Object.fromEntries(Object.entries(instances).filter(([id]) => known.has(id)));
}

function foldIntent(state: EnvironmentState, index: number): EnvironmentState {
  const step = state.openRun?.plan.steps[index];
  const next = changeRun(state, (run) => ({ ...run, intended: new Set([...run.intended, index]) }));
  if (step?.kind !== "start") return next;
  const { id, service, settings } = step.instance;
  return {
    ...next,
    instances: { ...next.instances, [id]: settings },
    instanceCounts: { ...next.instanceCounts, [service]: countOf(id) },
  };
}

/** Instance ids are `<service>-<digest>-<number>`. */
export function serviceOf(id: string): string {
  return id.split("-").slice(0, -2).join("-");
}

function countOf(id: string): number {
  return Number(id.slice(id.lastIndexOf("-") + 1));
}

function foldDone(
  state: EnvironmentState,
  record: LedgerRecord & { event: "step-done" },
): EnvironmentState {
  const { index } = record.data;
  const next = changeRun(state, (run) => ({ ...run, done: new Set([...run.done, index]) }));
  const step = state.openRun?.plan.steps[index];
  if (step === undefined || next.openRun === null) return next;
  return step.kind === "record" ? foldCommit(next, next.openRun, record) : foldStep(next, step);
}

function closeRun(
  state: EnvironmentState,
  record: LedgerRecord & { event: "run-closed" },
): EnvironmentState {
  const { outcome, message } = record.data;
  const runs = state.runs.map((run) =>
    run.run === record.run ? { ...run, outcome, message, closedAt: record.time } : run,
  );
  return { ...state, openRun: null, runs };
}

function changeRun(state: EnvironmentState, change: (run: OpenRun) => OpenRun): EnvironmentState {
  return state.openRun === null ? state : { ...state, openRun: change(state.openRun) };
}

export function omit<Value>(
  entries: Readonly<Record<string, Value>>,
  name: string,
): Readonly<Record<string, Value>> {
  return Object.fromEntries(Object.entries(entries).filter(([key]) => key !== name));
}
