/** Where one TCP port of a host, or one socket of it, is reached from here. */
export type Reached = { host: string; port: number } | { socketPath: string };

export interface HostCommand {
  /** Program and arguments as they are; nothing is interpreted by a shell. */
  argv: readonly [string, ...string[]];
  input?: string | Uint8Array;
}

export interface HostResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

/**
 * A machine that runs containers: this one, or one reached by SSH.
 * Adapters: `local-host.ts`, `ssh-host.ts`.
 */
export interface Host {
  name: string;
  /** Where Slipway keeps secrets, logs and the ledger's copy on that machine; absolute. */
  folder: string;
  /** Runs a program there. Rejects only when the host can't be reached. */
  run(command: HostCommand): Promise<HostResult>;
  /** `172.18.0.3:8084`, or the absolute path of a socket there. Some clients want the socket to have a certain name. */
  reach(address: string, socketName?: string): Promise<Reached>;
  close(): Promise<void>;
}
