import {
  emptyState,
  type EnvironmentState,
  type OpenRun,
  type PastRun,
} from "./environment-state.ts";
import { foldCommit } from "./fold-commit.ts";
import { foldStep } from "./fold-step.ts";
import type { LedgerRecord } from "./ledger-record.ts";
import { nameAttempt } from "./name-attempt.ts";

const keptVerifications = 100;

/** The state of an environment after these records. The same records give the same state. */
export function foldLedger(
  records: readonly LedgerRecord[],
  before: EnvironmentState = emptyState,
): EnvironmentState {
  return records.reduce(foldRecord, before);
}

export function foldRecord(state: EnvironmentState, record: LedgerRecord): EnvironmentState {
  const next = foldEvent(state, record);
  return { ...next, seq: record.seq, epoch: record.epoch, lastHash: record.hash };
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
    case "gates-overridden":
      return changePastRun(state, record, { overrides: record.data.gates });
    case "set-verified":
      return { ...state, verifications: foldVerification(state, record) };
    case "frozen":
      return { ...state, freeze: foldFreeze(record) };
    case "thawed":
      return { ...state, freeze: null };
    case "maintenance-begun":
      return { ...state, maintenance: foldMaintenance(record) };
    case "maintenance-ended":
      return { ...state, maintenance: null };
    case "secret-changed":
      return foldSecret(state, record.data);
    case "hosts-lost":
      return { ...state, behind: foldLost(state, record) };
    case "hosts-caught-up":
      return { ...state, behind: foldCaughtUp(state, record.data.hosts) };
    case "step-failed":
      return changePastRun(state, record, { failure: record.data.code });
    case "return-done":
    case "ledger-repaired":
      return state;
    case "backup-restored":
      return foldRestore(state, record.data.service);
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
    overrides: [],
    attempt: nameAttempt(plan.steps),
    failure: null,
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
  const next = changePastRun(state, record, { outcome, message, closedAt: record.time });
  // A run begins on all hosts and ends well on all of them only.
  const behind = outcome === "committed" ? {} : state.behind;
  return { ...next, behind, openRun: null };
}

function foldCaughtUp(
  { behind }: EnvironmentState,
  hosts: readonly string[],
): EnvironmentState["behind"] {
  return Object.fromEntries(Object.entries(behind).filter(([host]) => !hosts.includes(host)));
}

function foldLost(
  { behind }: EnvironmentState,
  { time, data }: LedgerRecord & { event: "hosts-lost" },
): EnvironmentState["behind"] {
  return { ...Object.fromEntries(data.hosts.map((host) => [host, time])), ...behind };
}

function changePastRun(
  state: EnvironmentState,
  { run }: LedgerRecord,
  change: Partial<PastRun>,
): EnvironmentState {
  const index = state.runs.findLastIndex((past) => past.run === run);
  const past = state.runs[index];
  return past === undefined
    ? state
    : { ...state, runs: state.runs.with(index, { ...past, ...change }) };
}

/** The newest word about a set counts; of what was said before only as much is kept as anybody may ask for. */
function foldVerification(
  { verifications }: EnvironmentState,
  record: LedgerRecord & { event: "set-verified" },
): EnvironmentState["verifications"] {
  const { time, actor, data } = record;
  const others = verifications.filter(({ content }) => content !== data.content);
  return [{ ...data, at: time, actor }, ...others].slice(0, keptVerifications);
}

function foldFreeze({
  time,
  actor,
  reason,
  data,
}: LedgerRecord & { event: "frozen" }): EnvironmentState["freeze"] {
  return { until: data.until, since: time, actor, reason };
}

function foldMaintenance({
  time,
  actor,
  data,
}: LedgerRecord & { event: "maintenance-begun" }): EnvironmentState["maintenance"] {
  return { message: data.message, since: time, actor };
}

/** The database is where it was at the backup, which may be before any migration of the images known here. */
function foldRestore(state: EnvironmentState, service: string): EnvironmentState {
  const images = new Set((state.earlier[service] ?? []).map(({ release }) => release.imageKey));
  return {
    ...state,
    schemas: omit(state.schemas, service),
    migrated: new Set([...state.migrated].filter((imageKey) => !images.has(imageKey))),
  };
}

function foldSecret(
  state: EnvironmentState,
  { name, mark }: { name: string; mark: string },
): EnvironmentState {
  return {
    ...state,
    secrets: new Set([...state.secrets, name]),
    secretMarks: { ...state.secretMarks, [name]: mark },
  };
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
