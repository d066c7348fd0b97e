import type { ReleaseSet } from "../release/release-set.ts";
import type { ImageReference } from "../runtimes/runtime.ts";
import type { Route } from "../workspace/service-manifest.ts";

/** An instance as planned: everything that is known before the environment's addresses are. */
export interface PlannedInstance extends ImageReference {
  id: string;
  /** Hash of the settings it starts with. Another hash means it must start anew. */
  settings: string;
}

/** One change of the outside world. Each can be repeated: what is already so stays so. */
export type Step =
  | { kind: "generate-secrets"; names: readonly string[] }
  | { kind: "ensure-database"; service: string }
  | { kind: "prepare-image"; image: ImageReference }
  | {
      kind: "back-up";
      service: string;
      backup: string;
      /** How many of this database there may be afterwards; the oldest go. */
      keep: number;
    }
  | { kind: "migrate"; image: ImageReference; imageKey: string; schema: SchemaRange }
  | { kind: "seed"; image: ImageReference }
  | { kind: "start"; instance: PlannedInstance }
  | { kind: "await-ready"; instance: PlannedInstance; timeoutSeconds: number }
  | {
      kind: "declare-route";
      service: string;
      routes: readonly Route[];
      /** Routes it had; null when it is new to the gateway. */
      before: readonly Route[] | null;
    }
  | { kind: "shift"; service: string; from: PlannedInstance | null; to: PlannedInstance }
  | { kind: "probe-front-door"; instance: PlannedInstance; path: string }
  | { kind: "soak"; instances: readonly string[]; seconds: number }
  | { kind: "drain"; service: string; instance: string; limitSeconds: number }
  | { kind: "stop"; service: string; instance: string; graceSeconds: number }
  | { kind: "remove-route"; service: string }
  | { kind: "announce"; set: string }
  | { kind: "record"; set: string };

export interface SchemaRange {
  min: number;
  max: number;
}

/** Why a service is in the plan, or why it is not. */
export type ChangeAction = "add" | "update" | "restart" | "remove" | "keep";

export interface ServiceChange {
  service: string;
  action: ChangeAction;
  from: { version: string; digest: string } | null;
  to: { version: string; digest: string } | null;
  /** A few words, for people: `not running`, `pinned`. Empty when the versions say it all. */
  note: string;
}

export type PlanKind = "deploy" | "rollback" | "reconcile";

/** A pin that the run sets or lifts when it is recorded. */
export interface PinChange {
  service: string;
  change: "pin" | "lift";
}

/** What a run will do, in order. Saved and read back, so its shape is versioned. */
export interface DeployPlan {
  version: 1;
  kind: PlanKind;
  environment: string;
  /** Ledger record the plan was made on; the run refuses when it is no longer the last that counts. */
  base: number;
  /** What runs afterwards. */
  set: ReleaseSet;
  changes: readonly ServiceChange[];
  pins: readonly PinChange[];
  steps: readonly Step[];
  /** Over all other fields. */
  hash: string;
}

export function hasChanges(plan: DeployPlan): boolean {
  return plan.steps.length > 0;
}
