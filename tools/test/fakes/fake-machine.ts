import type { GatewayService } from "../../src/gateways/gateway.ts";
import type { HostFacts } from "../../src/hosts/platform.ts";
import type { InstanceSpec, ObservedInstance } from "../../src/runtimes/runtime.ts";

/** How images behave, by the first digits of their digest or by their service. */
export interface FakeFaults {
  /** In no registry. */
  missing: string[];
  /** Never ready. */
  unready: string[];
  /** Ends with code 1 at once. */
  exits: string[];
  /** Says that it is another version. */
  lies: string[];
  /** `migrate` fails. */
  migrationFails: string[];
  /** The front door does not answer for it. */
  frontDoorBroken: string[];
  /** The gateway refuses to shift to it. */
  shiftRefused: string[];
}

/** What the fakes share: one machine in memory. */
export interface FakeMachine {
  instances: Map<string, ObservedInstance>;
  specs: Map<string, InstanceSpec>;
  routes: Map<string, GatewayService>;
  databases: Set<string>;
  /** `core/API_KEY` → value. */
  secrets: Map<string, string>;
  /** `core/<name>` → when it was taken. */
  backups: Map<string, string>;
  host: HostFacts;
  /** Instances that come back when they end. */
  kept: Set<string>;
  faults: FakeFaults;
  /** Epoch of the newest run, as the daemon remembers it. */
  claim: { epoch: number };
  /** Every change, in order, as a sentence. */
  calls: string[];
}

/** Faults name an image by `service@digit`, where the digit fills its digest. */
export function hasFault(
  list: readonly string[],
  { service, digest }: { service: string; digest: string },
): boolean {
  return list.includes(`${service}@${digest.slice(-1)}`);
}
