import type { GatewayService } from "../gateways/gateway.ts";
import type { Backup, HostFacts, SecretValue } from "../hosts/platform.ts";
import type {
  ImageReference,
  InstanceSpec,
  ObservedInstance,
  TaskResult,
  TaskSpec,
} from "../runtimes/runtime.ts";
import type { Route, Secret } from "../workspace/service-manifest.ts";

/** Raised with every change of the methods below that an older command or daemon would not understand. */
export const protocolVersion = 4;

/** How to start what was unpacked: from the image's configuration. */
export interface ImageStart {
  /** Root of the image's file system. */
  root: string;
  workingDir: string;
  /** `["node", "main.js"]`; anything else can't run without a container engine. */
  entrypoint: readonly string[];
  env: Readonly<Record<string, string>>;
  /** Whether it brings packages that were not bundled: they may hold native code. */
  hasAddons: boolean;
}

export interface Hello {
  protocol: number;
  toolVersion: string;
  pid: number;
  /** ISO 8601, UTC. */
  startedAt: string;
  publicUrl: string;
  internalUrl: string;
  smtpUrl: string;
  inboxUrl: string | null;
  /** Where images are unpacked, so that the user who runs the services can read them. */
  imagesFolder: string;
  /** Of the newest run that has claimed the environment; 0 when none ever did. */
  epoch: number;
  /** Lets a request through while there is maintenance. */
  pass: string;
  /** What was found and done at the start, in sentences; empty after an ordinary one. */
  recovery: readonly string[];
}

/** A daemon of another version of the tool. */
export interface Successor {
  nodePath: string;
  script: string;
  /** Its only argument. */
  options: string;
}

/** What can be asked of a daemon, by name: parameters and answer. Both travel as JSON. */
export interface ControlMethods {
  hello: { params: null; result: Hello };
  /** From its answer on, every change by a run of an older epoch is refused, also after a restart. */
  claim: { params: { epoch: number }; result: null };
  start: { params: { instance: InstanceSpec; image: ImageStart }; result: null };
  runOnce: { params: { task: TaskSpec; image: ImageStart }; result: TaskResult };
  keepRunning: { params: { id: string }; result: null };
  /** Answers when the instance ends. */
  exited: { params: { id: string }; result: { exitCode: number } };
  stop: { params: { id: string; graceMs: number }; result: null };
  list: { params: null; result: readonly ObservedInstance[] };
  usedImages: { params: null; result: readonly ImageReference[] };
  ensure: { params: { service: string; routes: readonly Route[] }; result: null };
  shift: { params: { service: string; instance: string; address: string }; result: null };
  inflight: { params: { service: string; instance: string }; result: number };
  retire: { params: { service: string; instance: string }; result: null };
  remove: { params: { service: string }; result: null };
  describeGateway: { params: null; result: readonly GatewayService[] };
  announce: { params: { document: unknown }; result: null };
  maintain: { params: { message: string | null }; result: null };
  ensureDatabase: { params: { service: string }; result: { created: boolean } };
  ensureSecrets: {
    params: { secrets: Readonly<Record<string, readonly Secret[]>> };
    result: { created: readonly string[] };
  };
  /** Names only: `core/SERVICE_TOKEN`. */
  listSecrets: { params: null; result: readonly string[] };
  writeSecret: { params: SecretValue; result: null };
  readHosts: { params: null; result: readonly HostFacts[] };
  backUp: { params: BackupPlace; result: null };
  restoreBackup: { params: BackupPlace; result: null };
  listBackups: { params: { service: string }; result: readonly Backup[] };
  dropBackup: { params: BackupPlace; result: null };
  describe: { params: null; result: readonly string[] };
  /** Answers when every process but the daemon has ended; the daemon ends right after. */
  shutdown: { params: null; result: null };
  /** Starts this successor and hands it the listening sockets and all processes. Answers before. */
  replace: { params: Successor; result: null };
  /** The daemon ends and leaves everything running, for its successor to take over. */
  leave: { params: null; result: null };
}

export interface BackupPlace {
  service: string;
  backup: string;
}

export type MethodName = keyof ControlMethods;
export type Params<M extends MethodName> = ControlMethods[M]["params"];
export type Result<M extends MethodName> = ControlMethods[M]["result"];

export type ControlHandlers = {
  [M in MethodName]: (params: Params<M>, signal: AbortSignal) => Promise<Result<M>>;
};

/** Body of an answer that is not 200. */
export interface ControlFailure {
  code: string | null;
  message: string;
  hint: string | null;
}
