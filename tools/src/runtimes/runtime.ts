/** An image in some registry, by the only name that cannot lie. */
export interface ImageReference {
  service: string;
  version: string;
  digest: string;
}

/** One running copy of a service: what the engine starts, gates on and retires. */
export interface InstanceSpec extends ImageReference {
  /** Unique in its environment and safe in file names: `events-9f2c41d0-7`. */
  id: string;
  /** Release set this instance was started for. */
  set: string;
  /** Run that started it. */
  run: string;
  port: number;
  /** Plain settings, never secret. The runtime adds PORT, HOST and one `<NAME>_FILE` per secret. */
  env: Readonly<Record<string, string>>;
  /** Secrets by name; the runtime hands them over as files of mode 0600. */
  secrets: readonly string[];
  memoryMb: number;
}

export interface TaskSpec extends ImageReference {
  id: string;
  /** Arguments after the image's entry point: `["migrate"]`. */
  args: readonly string[];
  env: Readonly<Record<string, string>>;
  secrets: readonly string[];
  timeoutMs: number;
}

export interface TaskResult {
  exitCode: number;
  /** Last lines of output, oldest first. */
  output: readonly string[];
}

export interface ProbeAnswer {
  status: number;
  headers: Readonly<Record<string, string>>;
  body: string;
}

export interface ObservedInstance extends ImageReference {
  id: string;
  set: string;
  run: string;
  state: "running" | "exited" | "restarting";
  /** Where the gateway reaches it: `127.0.0.1:41873`. Null when not running. */
  address: string | null;
  pid: number | null;
  /** ISO 8601, UTC. */
  startedAt: string;
  restarts: number;
  exitCode: number | null;
}

/**
 * Runs images on one host. Every call can be repeated: what is already so stays so.
 * Adapters: `process-runtime.ts` (the unpacked layers, under the supervisor); later Compose and Swarm.
 */
export interface Runtime {
  /** Fetched, verified and unpacked, ready to start at once. Throws IMAGE_MISSING. */
  prepare(image: ImageReference): Promise<void>;
  /** Runs a command of the image to its end: migrations, seeds. Throws TASK_TIMEOUT. */
  runOnce(task: TaskSpec): Promise<TaskResult>;
  start(instance: InstanceSpec): Promise<void>;
  /** One HTTP GET to the instance itself, not through the gateway. Null when nothing answers. */
  probe(id: string, path: string): Promise<ProbeAnswer | null>;
  /** Resolves with the exit code as soon as the process ends; never when it does not. */
  exited(id: string, signal: AbortSignal): Promise<number>;
  /** From now on the instance is started again when it ends by itself; before, its end is final. */
  keepRunning(id: string): Promise<void>;
  /** SIGTERM, then SIGKILL after the grace; forgets the instance, keeps its log. */
  stop(id: string, graceMs: number): Promise<void>;
  list(): Promise<readonly ObservedInstance[]>;
  /** Last lines of the instance's log, oldest first; also after it has ended. */
  logs(id: string, lines: number): Promise<readonly string[]>;
  /** New lines as they come, until the signal. */
  followLogs(id: string, signal: AbortSignal): AsyncIterable<string>;
  /** Deletes unpacked images that are not in `keep` (digests). */
  prune(keep: ReadonlySet<string>): Promise<void>;
}
