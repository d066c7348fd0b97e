import type { GatewayService } from "../gateways/gateway.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import type { ObservedInstance } from "../runtimes/runtime.ts";
import type { EnvironmentState } from "./environment-state.ts";
import type { PinChange, PlanKind } from "./plan.ts";

/** What of an environment's settings decides a plan. */
export interface PlanPolicy {
  environment: string;
  testData: boolean;
  readinessSeconds: number;
  soakSeconds: number;
  keepWarmMinutes: number;
  /** Backups of each database; null when none are taken before migrations. */
  keepBackups: number | null;
  /** What happens when a deployment fails after traffic has moved. */
  onFailure: "return" | "hold";
  /** Released sets only: no contract before all that runs knows it, and what failed stays out until it changes. */
  isStrict: boolean;
  /** Plain settings by service. */
  env: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** What runs, as the host and the gateway say. Both are empty when nothing runs. */
export interface Observed {
  instances: readonly ObservedInstance[];
  gateway: readonly GatewayService[];
}

/** Everything a plan depends on. The same facts give the same plan, byte for byte. */
export interface DeployFacts {
  kind: PlanKind;
  policy: PlanPolicy;
  wanted: ReleaseSet;
  /** Only these services; all when empty. */
  only: readonly string[];
  /** Deploy also what is blocked. */
  force: boolean;
  /** Write test data again. */
  seed: boolean;
  state: EnvironmentState;
  observed: Observed;
  /** Pins the caller sets: those of a rollback. */
  pins: readonly PinChange[];
  /** ISO 8601, UTC. */
  now: string;
}
