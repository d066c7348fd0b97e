import type { Gateway } from "../../src/gateways/gateway.ts";
import type { Platform } from "../../src/hosts/platform.ts";
import type { Runtime } from "../../src/runtimes/runtime.ts";
import { createFakeGateway } from "./fake-gateway.ts";
import type { FakeFaults, FakeMachine } from "./fake-machine.ts";
import { createFakePlatform } from "./fake-platform.ts";
import { createFakeRuntime } from "./fake-runtime.ts";

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
    databases: new Set(),
    secrets: new Map(),
    backups: new Map(),
    host: { name: "here", freeDiskMb: 50_000, freeMemoryMb: 8000, clockAheadMs: 0 },
    kept: new Set(),
    claim: { epoch: 0 },
    calls: [],
    faults: {
      missing: [],
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
