/** Answer of `status --json`; fields may be added, never changed. */
export interface Status {
  type: "status";
  version: 1;
  environment: string;
  /** Null when nothing runs. */
  address: string | null;
  inbox: string | null;
  set: string | null;
  commit: string | null;
  services: readonly ServiceStatus[];
  /** Null when nobody holds the lock. */
  lock: string | null;
  openRun: string | null;
  /** Hosts that are gone, or were in the middle of a run: a sentence each. */
  behind: readonly string[];
  /** Since when, until when and why nothing may be deployed; null when it may. */
  freeze: string | null;
  /** Since when people meet a page instead of the services, and what it says; null when they do not. */
  maintenance: string | null;
  /** What tests said about just what should run: when, and whether it passed; null when nobody ran any. */
  verification: string | null;
}

export type Health = "healthy" | "unready" | "unreachable" | "restarting" | "stopped";

export interface ServiceStatus {
  name: string;
  version: string;
  digest: string;
  /** Does it work? */
  health: Health;
  /** Is it what was asked for? A few words where not. */
  drift: string | null;
  since: string;
  pinned: boolean;
  /** Why it is pinned and what is blocked. */
  pin: string | null;
  instance: string;
  pid: number | null;
  restarts: number;
}
