import type { ReleasedService } from "../release/release-set.ts";
import type { Actor, RunOutcome, Verification } from "./ledger-record.ts";
import type { DeployPlan, PlanKind, SchemaRange } from "./plan.ts";

/** A service as the environment should run it. */
export interface CurrentService {
  release: ReleasedService;
  /** Release set it came with. */
  set: string;
  instance: string;
  settings: string;
  /** ISO 8601, UTC. */
  since: string;
  run: string;
}

/** Holds a service where it is, and keeps images out. */
export interface Pin {
  service: string;
  /** What it is held at. */
  version: string;
  digest: string;
  /** Images that must not come back, the last one first. */
  blocked: readonly ReleasedService[];
  since: string;
  actor: Actor;
  reason: string | null;
  run: string;
}

/** A run that has begun and not ended. */
export interface OpenRun {
  run: string;
  plan: DeployPlan;
  actor: Actor;
  reason: string | null;
  openedAt: string;
  /** Steps by index. A step that was intended may have happened or not. */
  intended: ReadonlySet<number>;
  done: ReadonlySet<number>;
  /** True once going back had begun. */
  isReturning: boolean;
}

export interface PastRun {
  run: string;
  kind: PlanKind;
  set: string;
  commit: string;
  actor: Actor;
  reason: string | null;
  openedAt: string;
  closedAt: string | null;
  outcome: RunOutcome | "open";
  message: string | null;
  changes: DeployPlan["changes"];
  /** Gates that were not met and were overridden, each in a sentence. */
  overrides: readonly string[];
  /** What it tried, see `name-attempt.ts`. */
  attempt: string;
  /** Code of the fault that ended it. */
  failure: string | null;
}

export interface PastVerification extends Verification {
  /** ISO 8601, UTC. */
  at: string;
  actor: Actor;
}

/** Nothing may be deployed, by somebody's word. */
export interface Freeze {
  /** ISO 8601; null until somebody says otherwise. */
  until: string | null;
  since: string;
  actor: Actor;
  reason: string | null;
}

/** The front door is closed, by somebody's word. */
export interface Maintenance {
  /** What people read. */
  message: string;
  since: string;
  actor: Actor;
}

/** Everything the ledger says about an environment: a pure fold over its records. */
export interface EnvironmentState {
  /** Last record; 0 for an empty ledger. */
  seq: number;
  lastHash: string;
  /** Of the lease that the last record was written under. */
  epoch: number;
  set: string | null;
  services: Readonly<Record<string, CurrentService>>;
  /** By service, the newest first, the current one included, each digest once. */
  earlier: Readonly<Record<string, readonly CurrentService[]>>;
  pins: Readonly<Record<string, Pin>>;
  /** Settings of instances by id: what the host can't tell about them. */
  instances: Readonly<Record<string, string>>;
  /** How many instances of a service were ever planned; names the next one. */
  instanceCounts: Readonly<Record<string, number>>;
  /** `core/SERVICE_TOKEN`. */
  secrets: ReadonlySet<string>;
  /** By name, of secrets that were set or rotated: changes whenever the value does, and says nothing about it. */
  secretMarks: Readonly<Record<string, string>>;
  databases: ReadonlySet<string>;
  /** Range of the newest migrated image: earlier images run on the schema when their `max` is not below `min`. */
  schemas: Readonly<Record<string, SchemaRange>>;
  /** Image keys whose migrations have run. */
  migrated: ReadonlySet<string>;
  seeded: ReadonlySet<string>;
  isStopped: boolean;
  /** Newest first, one for each content. */
  verifications: readonly PastVerification[];
  freeze: Freeze | null;
  /** People meet this page instead of the services; null when they meet those. */
  maintenance: Maintenance | null;
  /** Hosts that went away in the middle of a run, by name, and since when; a later run catches them up. */
  behind: Readonly<Record<string, string>>;
  openRun: OpenRun | null;
  runs: readonly PastRun[];
}

export const emptyState: EnvironmentState = {
  seq: 0,
  lastHash: "0".repeat(64),
  epoch: 0,
  set: null,
  services: {},
  earlier: {},
  pins: {},
  instances: {},
  instanceCounts: {},
  secrets: new Set(),
  secretMarks: {},
  databases: new Set(),
  schemas: {},
  migrated: new Set(),
  seeded: new Set(),
  isStopped: false,
  verifications: [],
  freeze: null,
  maintenance: null,
  behind: {},
  openRun: null,
  runs: [],
};
