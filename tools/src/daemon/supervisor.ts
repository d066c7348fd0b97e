import { planRestartDelayMs, stableAfterMs } from "./back-off.ts";
import {
  isRunning,
  type ProcessIdentity,
  readIdentity,
  signalGroup,
  signalProcess,
} from "./process-identity.ts";
import { type ProcessSpec, spawnProcess } from "./spawn-process.ts";

/** One supervised process, as it is written to the daemon's state. */
export interface ProcessRecord {
  spec: ProcessSpec;
  state: "starting" | "running" | "restarting" | "stopping" | "exited";
  identity: ProcessIdentity | null;
  /** ISO 8601, UTC. */
  startedAt: string;
  restarts: number;
  /** Null while it runs, and when it ended unseen. */
  exitCode: number | null;
  /** Started again when it ends by itself. */
  keepRunning: boolean;
}

export interface SupervisorOptions {
  /** Makes the current records durable. */
  save(): Promise<void>;
  log(event: string, facts: object): void;
}

/** Stands in for the exit code of a process that ended while no daemon watched. */
export const unknownExitCode = -1;

const adoptedPollMs = 200;

interface Managed {
  record: ProcessRecord;
  attempts: number;
  exitWaiters: Set<(exitCode: number) => void>;
  restartTimer: NodeJS.Timeout | null;
}

export type Supervisor = ReturnType<typeof createSupervisor>;

/** Starts processes, watches them, starts them again, and takes over those of a daemon that died. */
export function createSupervisor({ save, log }: SupervisorOptions) {
  const all = new Map<string, Managed>();
  const adopted = new Set<Managed>();
  const poll = setInterval(() => noticeAdoptedExits(adopted, settleExit), adoptedPollMs);

  async function start(spec: ProcessSpec, { keepRunning = false } = {}): Promise<void> {
    const existing = all.get(spec.id);
    if (existing !== undefined && existing.record.state !== "exited") return;
    const managed = createManaged(newRecord(spec, keepRunning));
    all.set(spec.id, managed);
    // Written first: should the daemon die right after the spawn, the next one looks for the process.
    await save();
    launch(managed);
    await save();
  }

  function launch(managed: Managed): void {
    const { record } = managed;
    const child = spawnProcess(record.spec, (exitCode) => settleExit(managed, exitCode));
    record.identity = child.pid === undefined ? null : readIdentity(child.pid);
    record.state = "running";
    record.startedAt = new Date().toISOString();
    record.exitCode = null;
    log("process-started", { id: record.spec.id, pid: child.pid });
  }

  function settleExit(managed: Managed, exitCode: number): void {
    const { record } = managed;
    adopted.delete(managed);
    if (record.identity !== null) signalGroup(record.identity.pid, "SIGKILL");
    const wanted = record.keepRunning && record.state !== "stopping";
    record.identity = null;
    record.exitCode = exitCode;
    record.state = wanted ? "restarting" : "exited";
    log("process-ended", { id: record.spec.id, exitCode, restarts: record.restarts });
    for (const tell of managed.exitWaiters) tell(exitCode);
    managed.exitWaiters.clear();
    if (wanted) scheduleRestart(managed);
    saveInBackground();
  }

  function scheduleRestart(managed: Managed): void {
    const { record } = managed;
    if (Date.now() - Date.parse(record.startedAt) > stableAfterMs) managed.attempts = 0;
    const delayMs = planRestartDelayMs(managed.attempts);
    managed.attempts += 1;
    log("process-restarts", { id: record.spec.id, delayMs });
    managed.restartTimer = setTimeout(() => {
      record.restarts += 1;
      launch(managed);
      saveInBackground();
    }, delayMs);
  }

  function saveInBackground(): void {
    save().catch((cause: unknown) => log("state-not-saved", { cause: String(cause) }));
  }

  async function keepRunning(id: string): Promise<boolean> {
    const managed = all.get(id);
    if (managed === undefined) return false;
    managed.record.keepRunning = true;
    await save();
    return true;
  }

  /** Resolves at the process's next end; at once when it has ended already; null when it is not known. */
  async function exited(id: string, signal: AbortSignal): Promise<number | null> {
    const managed = all.get(id);
    if (managed === undefined) return null;
    if (managed.record.state === "exited") return managed.record.exitCode ?? unknownExitCode;
    return await waitForExit(managed, signal);
  }

  async function stop(id: string, graceMs: number): Promise<void> {
    const managed = all.get(id);
    if (managed === undefined) return;
    await end(managed, graceMs);
    all.delete(id);
    await save();
  }

  async function end(managed: Managed, graceMs: number): Promise<void> {
    const { record } = managed;
    if (managed.restartTimer !== null) clearTimeout(managed.restartTimer);
    const { identity } = record;
    if (identity === null || !isRunning(identity)) return;
    record.state = "stopping";
    await save();
    // The process may have ended while the state was written.
    if (record.identity === null) return;
    const deadline = AbortSignal.timeout(graceMs);
    signalProcess(identity.pid, record.spec.stopSignal);
    await waitForExit(managed, deadline);
    if (!isRunning(identity)) return;
    log("process-killed", { id: record.spec.id, graceMs });
    signalGroup(identity.pid, "SIGKILL");
    await waitForExit(managed, AbortSignal.timeout(5000));
  }

  /** Takes over what a former daemon left: watches what runs, starts what should run, ends what was being stopped. */
  async function restore(records: readonly ProcessRecord[]): Promise<void> {
    for (const record of records) {
      const managed = createManaged(record);
      all.set(record.spec.id, managed);
      await takeOver(managed);
    }
    await save();
  }

  async function takeOver(managed: Managed): Promise<void> {
    const { record } = managed;
    const alive = record.identity !== null && isRunning(record.identity);
    log("process-found", { id: record.spec.id, state: record.state, alive });
    if (alive) adopted.add(managed);
    if (record.state === "stopping") return await stop(record.spec.id, 1000);
    if (alive) return void (record.state = "running");
    record.identity = null;
    record.state = "exited";
    if (!record.keepRunning) return;
    record.restarts += 1;
    launch(managed);
  }

  async function stopAll(graceMs: number, order: (id: string) => number): Promise<void> {
    const ids = [...all.keys()].toSorted((a, b) => order(a) - order(b));
    for (const rank of new Set(ids.map(order))) {
      await Promise.all(ids.filter((id) => order(id) === rank).map((id) => stop(id, graceMs)));
    }
  }

  return {
    start,
    keepRunning,
    exited,
    stop,
    restore,
    stopAll,
    list: (): readonly ProcessRecord[] => [...all.values()].map(({ record }) => record),
    /** Stops watching; the processes run on. */
    detach(): void {
      clearInterval(poll);
      for (const { restartTimer } of all.values()) {
        if (restartTimer !== null) clearTimeout(restartTimer);
      }
    },
  };
}

function newRecord(spec: ProcessSpec, keepRunning: boolean): ProcessRecord {
  return {
    spec,
    state: "starting",
    identity: null,
    startedAt: new Date().toISOString(),
    restarts: 0,
    exitCode: null,
    keepRunning,
  };
}

function createManaged(record: ProcessRecord): Managed {
  return { record, attempts: 0, exitWaiters: new Set(), restartTimer: null };
}

/** Null when the signal came first. */
async function waitForExit(managed: Managed, signal: AbortSignal): Promise<number | null> {
  return await new Promise((resolve) => {
    if (signal.aborted) return resolve(null);
    function giveUp(): void {
      managed.exitWaiters.delete(tell);
      resolve(null);
    }
    function tell(exitCode: number): void {
      signal.removeEventListener("abort", giveUp);
      resolve(exitCode);
    }
    managed.exitWaiters.add(tell);
    signal.addEventListener("abort", giveUp, { once: true });
  });
}

/** Nobody tells a process about the end of another's child, so those taken over are asked. */
function noticeAdoptedExits(
  adopted: ReadonlySet<Managed>,
  settle: (managed: Managed, exitCode: number) => void,
): void {
  for (const managed of adopted) {
    const { identity } = managed.record;
    if (identity === null || !isRunning(identity)) settle(managed, unknownExitCode);
  }
}
