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
  /** Where a service hands in its mails: `smtp://127.0.0.1:41025`. */
  smtpUrl(): string;
  /** Page that shows the mails sent; null where no test data is allowed. */
  inboxUrl(): string | null;
  /** One sentence a fact, for `doctor`: who runs the services, how they are isolated, how much memory they use. */
  describe(): Promise<readonly string[]>;
  /** Ends every service, the database and the gateway. Resolves when nothing is left. */
  shutdown(): Promise<void>;
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
  /** Of the lock held. Whoever had it before can change nothing from then on; without one nothing can be changed. */
  epoch?: number;
}

export interface EnvironmentFacts {
  name: string;
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
  close(): Promise<void>;
}

/** Shape of `connectProcessEnvironment`. */
export type ConnectEnvironment = (options: ConnectOptions) => Promise<EnvironmentConnection | null>;
