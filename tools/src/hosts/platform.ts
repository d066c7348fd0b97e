import type { Gateway } from "../gateways/gateway.ts";
import type { Registry } from "../registries/registry.ts";
import type { Runtime } from "../runtimes/runtime.ts";
import type { Secret } from "../workspace/service-manifest.ts";

/**
 * What an environment offers its services besides running them: databases, secrets, mail.
 * Every call can be repeated: what is already so stays so.
 * Adapters: the environment's daemon (`process-platform.ts`); later hosts reached by SSH.
 */
export interface Platform {
  /** Own database and own role; stores the connection string as the service's secret `DATABASE_URL`. */
  ensureDatabase(service: string): Promise<{ created: boolean }>;
  /**
   * Generates what is missing, for all services at once, because the tokens of one are known to others.
   * Returns the names of new secrets: `core/SERVICE_TOKEN`. Throws SECRET_MISSING when one can't be generated.
   */
  ensureSecrets(
    secrets: Readonly<Record<string, readonly Secret[]>>,
  ): Promise<{ created: readonly string[] }>;
  /** Names of the secrets that have a value: `core/SERVICE_TOKEN`. Values never leave the host. */
  listSecrets(): Promise<readonly string[]>;
  /** Sets one secret to this value, kept as a file of mode 0600. Instances learn of it when they start anew. */
  writeSecret(secret: SecretValue): Promise<void>;
  /** What room there is, and whether the clocks agree: one entry a host. */
  readHosts(): Promise<readonly HostFacts[]>;
  /** Logical copy of a service's database under this name; nothing happens when it is there already. */
  backUp(service: string, backup: string): Promise<void>;
  /** Replaces all data of a service's database by that of the backup. Throws BACKUP_MISSING. */
  restoreBackup(service: string, backup: string): Promise<void>;
  /** The newest first. */
  listBackups(service: string): Promise<readonly Backup[]>;
  dropBackup(service: string, backup: string): Promise<void>;
  /** Where a service hands in its mails: `smtp://127.0.0.1:41025`. */
  smtpUrl(): string;
  /** Page that shows the mails sent; null where no test data is allowed. */
  inboxUrl(): string | null;
  /** What Compose was told on the first host, as YAML; only of environments that run in containers. */
  readProjects?(): Promise<string>;
  /** One sentence a fact, for `doctor`: who runs the services, how they are isolated, how much memory they use. */
  describe(): Promise<readonly string[]>;
  /** Hosts that went away while this connection worked on them, or were left out from the beginning. */
  lostHosts?(): readonly string[];
  /** Ends every service, the database and the gateway. Resolves when nothing is left. */
  shutdown(): Promise<void>;
}

export interface SecretValue {
  service: string;
  name: string;
  value: string;
}

export interface HostFacts {
  name: string;
  freeDiskMb: number;
  freeMemoryMb: number;
  /** How far its clock is ahead of ours. */
  clockAheadMs: number;
}

export interface Backup {
  name: string;
  /** ISO 8601, UTC. */
  takenAt: string;
  bytes: number;
}

export interface ConnectOptions {
  /** `<workspace>/.slipway/<environment>`, absolute. */
  stateFolder: string;
  /** Absolute. */
  workspace: string;
  environment: EnvironmentFacts;
  /** Where `prepare` fetches images; the repository of a service is its name. */
  registry: Registry;
  /** False asks only: the answer is null when nothing runs. */
  startIfMissing: boolean;
  /** Goes on without other hosts that can't be reached; for who only wants to know. */
  mayLackHosts?: boolean;
  /** Of the lock held. Whoever had it before can change nothing from then on; without one nothing can be changed. */
  epoch?: number;
}

/** A machine that runs an environment's containers. */
export interface HostSettings {
  name: string;
  /** `root@host.example.org:22`; this machine when left out. */
  ssh?: string;
  knownHostsFile?: string;
  identityFile?: string;
  dockerSocket?: string;
  /** Where Slipway keeps its files there. */
  folder?: string;
  /** Where the other hosts reach it, where there are others. */
  address?: string;
}

/** What only an environment of the driver `compose` has. */
export interface ComposeFacts {
  hosts: readonly [HostSettings, ...HostSettings[]];
  images: { postgres: string; haproxy: string };
  /** Port of the database on the first host's address, for the other hosts. */
  databasePort: number;
  /** Address people use, when it is not this machine's. */
  publicUrl?: string;
  smtpUrl?: string;
  /** Page that shows the mails sent. */
  inboxUrl?: string;
  /** PostgreSQL elsewhere, its password among the host's secrets; a container of ours when left out. */
  databaseUrl?: string;
  /** Where HTTPS is, and the folder of the hosts that has the certificates. */
  tls?: { port: number; certificates: string };
}

export interface EnvironmentFacts {
  name: string;
  /** Where containers run; left out for processes of this machine. */
  compose?: ComposeFacts;
  testData: boolean;
  gateway: {
    port: number;
    /** What to do when the port is busy. `fail` throws PORT_BUSY and names the holder where that is known. */
    fallback: "next free" | "fail";
    /** Address to listen on; `localhost` when left out: 127.0.0.1 and ::1, so that nobody else reaches it. */
    host?: string;
  };
}

/** A connection to a running environment; `close` lets it run on. */
export interface EnvironmentConnection {
  runtime: Runtime;
  gateway: Gateway;
  platform: Platform;
  /** Of the newest run that this environment has seen; 0 or left out when none. */
  epoch?: number;
  close(): Promise<void>;
}

/** Shape of `connectProcessEnvironment`. */
export type ConnectEnvironment = (options: ConnectOptions) => Promise<EnvironmentConnection | null>;
