import { fenceCall } from "../../src/daemon/fence.ts";
import type { MethodName } from "../../src/daemon/protocol.ts";
import type { EnvironmentConnection } from "../../src/hosts/platform.ts";
import type { FakeWorld } from "./fake-world.ts";

const mutating = {
  runtime: ["start", "runOnce", "keepRunning", "stop"],
  gateway: ["ensure", "shift", "retire", "remove", "announce"],
  platform: [
    "ensureDatabase",
    "ensureSecrets",
    "writeSecret",
    "backUp",
    "restoreBackup",
    "dropBackup",
    "shutdown",
  ],
} as const satisfies Record<string, readonly MethodName[]>;

/** A connection under an epoch, fenced just as the daemon fences: a newer one shuts it out. */
export function claimWorld(world: FakeWorld, epoch?: number): EnvironmentConnection {
  const own = epoch ?? 0;
  if (epoch !== undefined) {
    fenceCall("claim", own, world.claim.epoch);
    world.claim.epoch = epoch;
  }
  return {
    runtime: fence(world.runtime, mutating.runtime),
    gateway: fence(world.gateway, mutating.gateway),
    platform: fence(world.platform, mutating.platform),
    epoch: world.claim.epoch,
    close: async () => {},
  };

  function fence<Port extends object>(port: Port, names: readonly MethodName[]): Port {
    const methods = new Set<string>(names);
    return new Proxy(port, {
      get(target, name) {
        const method: unknown = Reflect.get(target, name);
        if (typeof method !== "function" || !methods.has(String(name))) return method;
        return async (...args: unknown[]): Promise<unknown> => {
          const call = names.find((one) => one === name) ?? "claim";
          fenceCall(call, own, world.claim.epoch);
          return Reflect.apply(method, target, args);
        };
      },
    });
  }
}
