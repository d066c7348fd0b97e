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
  save: () => Promise<void>;
  log: (event: string, facts: object) => void;
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

/** Starts processes, watches them, starts them again, and takes over those of a daemon that died. */
export class Supervisor {
  readonly #options: SupervisorOptions;
  readonly #all = new Map<string, Managed>();
  readonly #adopted = new Set<Managed>();
  readonly #poll: NodeJS.Timeout;
  #isDetached = false;

  constructor(options: SupervisorOptions) {
    this.#options = options;
    this.#poll = setInterval(() => this.#noticeAdoptedExits(), adoptedPollMs);
  }

  /** Does nothing when the process runs already. */
  async start(spec: ProcessSpec, { keepRunning = false } = {}): Promise<void> {
    const existing = this.#all.get(spec.id);
    if (existing !== undefined && existing.record.state !== "exited") return;
    const managed = createManaged(newRecord(spec, keepRunning));
    this.#all.set(spec.id, managed);
    // Written first: should the daemon die right after the spawn, the next one looks for the process.
    await this.#options.save();
    this.#launch(managed);
    await this.#options.save();
  }

  /** False when there is no such process. */
  async keepRunning(id: string): Promise<boolean> {
    const managed = this.#all.get(id);
    if (managed === undefined) return false;
    managed.record.keepRunning = true;
    await this.#options.save();
    return true;
  }

  /** Resolves at the process's next end, at once when it has ended; with null when it is unknown or the signal came. */
  async exited(id: string, signal: AbortSignal): Promise<number | null> {
    const managed = this.#all.get(id);
    if (managed === undefined) return null;
    if (managed.record.state === "exited") return managed.record.exitCode ?? unknownExitCode;
    return await waitForExit(managed, signal);
  }

  /** Asks the process to end, makes it end after the grace, and forgets it. */
  async stop(id: string, graceMs: number): Promise<void> {
    const managed = this.#all.get(id);
    if (managed === undefined) return;
    await this.#end(managed, graceMs);
    this.#all.delete(id);
    await this.#options.save();
  }

  /** Takes over what a former daemon left: watches what runs, starts what should run, ends what was being stopped. */
  async restore(records: readonly ProcessRecord[]): Promise<void> {
    for (const record of records) {
      const managed = createManaged(record);
      this.#all.set(record.spec.id, managed);
      await this.#takeOver(managed);
    }
    await this.#options.save();
  }

  find(id: string): ProcessRecord | null {
    return this.#all.get(id)?.record ?? null;
  }

  list(): readonly ProcessRecord[] {
    return [...this.#all.values()].map(({ record }) => record);
  }

  /** Stops watching; the processes run on. */
  detach(): void {
    this.#isDetached = true;
    clearInterval(this.#poll);
    for (const managed of this.#all.values()) cancelRestart(managed);
  }

  #launch(managed: Managed): void {
    const { record } = managed;
    const child = spawnProcess(record.spec, (exitCode) => this.#settleExit(managed, exitCode));
    record.identity = child.pid === undefined ? null : readIdentity(child.pid);
    record.state = "running";
    record.startedAt = new Date().toISOString();
    record.exitCode = null;
    this.#options.log("process-started", { id: record.spec.id, pid: child.pid });
  }

  #settleExit(managed: Managed, exitCode: number): void {
    // A successor looks after it.
    if (this.#isDetached) return;
    const { record } = managed;
    this.#adopted.delete(managed);
    if (record.identity !== null) signalGroup(record.identity.pid, "SIGKILL");
    const isWanted = record.keepRunning && record.state !== "stopping";
    record.identity = null;
    record.exitCode = exitCode;
    record.state = isWanted ? "restarting" : "exited";
    this.#options.log("process-ended", { id: record.spec.id, exitCode });
    for (const tell of managed.exitWaiters) tell(exitCode);
    managed.exitWaiters.clear();
    if (isWanted) this.#scheduleRestart(managed);
    this.#saveInBackground();
  }

  #scheduleRestart(managed: Managed): void {
    const { record } = managed;
    if (Date.now() - Date.parse(record.startedAt) > stableAfterMs) managed.attempts = 0;
    const delayMs = planRestartDelayMs(managed.attempts);
    managed.attempts += 1;
    this.#options.log("process-restarts", { id: record.spec.id, delayMs });
    managed.restartTimer = setTimeout(() => this.#restart(managed), delayMs);
  }

  #restart(managed: Managed): void {
    managed.record.restarts += 1;
    this.#launch(managed);
    this.#saveInBackground();
  }

  #saveInBackground(): void {
    const { save, log } = this.#options;
    save().catch((cause: unknown) => log("state-not-saved", { cause: String(cause) }));
  }

  async #end(managed: Managed, graceMs: number): Promise<void> {
    const { record } = managed;
    cancelRestart(managed);
    const { identity } = record;
    record.state = "stopping";
    if (identity === null || !isRunning(identity)) return;
    const ended = waitForExit(managed, AbortSignal.timeout(graceMs));
    await this.#options.save();
    if (record.identity !== null) signalProcess(identity.pid, record.spec.stopSignal);
    await ended;
    if (!isRunning(identity)) return;
    this.#options.log("process-killed", { id: record.spec.id, graceMs });
    signalGroup(identity.pid, "SIGKILL");
    await waitForExit(managed, AbortSignal.timeout(5000));
  }

  async #takeOver(managed: Managed): Promise<void> {
    const { record } = managed;
    const isAlive = record.identity !== null && isRunning(record.identity);
    this.#options.log("process-found", { id: record.spec.id, state: record.state, isAlive });
    if (isAlive) this.#adopted.add(managed);
    if (record.state === "stopping") return await this.stop(record.spec.id, 1000);
    if (isAlive) return void (record.state = "running");
    record.identity = null;
    record.state = "exited";
    if (record.keepRunning) this.#restart(managed);
  }

  /** Nobody is told about the end of another's child, so those taken over are asked. */
  #noticeAdoptedExits(): void {
    for (const managed of this.#adopted) {
      const { identity } = managed.record;
      if (identity === null || !isRunning(identity)) this.#settleExit(managed, unknownExitCode);
    }
  }
}

function cancelRestart({ restartTimer }: Managed): void {
  if (restartTimer !== null) clearTimeout(restartTimer);
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
