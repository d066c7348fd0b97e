import type { Gateway, GatewayService } from "../../src/gateways/gateway.ts";
import type { Platform } from "../../src/hosts/platform.ts";
import type { InstanceSpec, ObservedInstance, Runtime } from "../../src/runtimes/runtime.ts";
import { createFakeGateway } from "./fake-gateway.ts";
import { createFakePlatform } from "./fake-platform.ts";
import { createFakeRuntime } from "./fake-runtime.ts";

/** How images behave, by the first digits of their digest or by their service. */
export interface FakeFaults {
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
  faults: FakeFaults;
  /** Every change, in order, as a sentence. */
  calls: string[];
}

export interface FakeWorld extends FakeMachine {
  runtime: Runtime;
  gateway: Gateway;
  platform: Platform;
}

export function createFakeWorld(faults: Partial<FakeFaults> = {}): FakeWorld {
  const machine: FakeMachine = {
    instances: new Map(),
    specs: new Map(),
    routes: new Map(),
    calls: [],
    faults: {
      unready: [],
      exits: [],
      lies: [],
      migrationFails: [],
      frontDoorBroken: [],
      shiftRefused: [],
      ...faults,
    },
  };
  return {
    ...machine,
    runtime: createFakeRuntime(machine),
    gateway: createFakeGateway(machine),
    platform: createFakePlatform(machine),
  };
}

/** Faults name an image by `service@digit`, where the digit fills its digest. */
export function hasFault(
  list: readonly string[],
  { service, digest }: { service: string; digest: string },
): boolean {
  return list.includes(`${service}@${digest.slice(-1)}`);
}
