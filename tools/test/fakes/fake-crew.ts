import { SlipwayError } from "../../src/errors.ts";
import { createGatewayAcross } from "../../src/gateways/gateway-across.ts";
import type { Gateway } from "../../src/gateways/gateway.ts";
import { createCrew } from "../../src/hosts/crew.ts";
import type { Host } from "../../src/hosts/host.ts";
import type { Platform } from "../../src/hosts/platform.ts";
import { createRuntimeAcross } from "../../src/runtimes/runtime-across.ts";
import type { Runtime } from "../../src/runtimes/runtime.ts";
import { createFakeWorld, type FakeWorld } from "./fake-world.ts";

/** A host in memory, which can be taken away: at once, or at so many calls from now. */
export interface FakeHost {
  name: string;
  world: FakeWorld;
  /** So many further calls are answered; all by default. */
  answers: number;
  host: Host;
  runtime: Runtime;
  gateway: Gateway;
}

export function createFakeHost(name: string): FakeHost {
  const world = createFakeWorld();
  const fake: FakeHost = {
    name,
    world,
    answers: Infinity,
    host: {
      name,
      folder: "/",
      async run() {
        if (fake.answers <= 0) throw new SlipwayError("HOST_UNREACHABLE", `${name} is gone.`);
        return { exitCode: 0, stdout: "", stderr: "" };
      },
      reach: async () => ({ socketPath: "" }),
      async close() {},
    },
    runtime: guard(world.runtime, () => count(fake)),
    gateway: guard(world.gateway, () => count(fake)),
  };
  return fake;
}

function count(fake: FakeHost): void {
  fake.answers -= 1;
  if (fake.answers < 0) {
    throw new SlipwayError("ENGINE_UNREACHABLE", `The engine of ${fake.name} does not answer.`);
  }
}

/** Calls `before` ahead of each method that is asynchronous, as all but addresses are. */
function guard<Port extends object>(port: Port, before: () => void): Port {
  return new Proxy(port, {
    get(target, key, receiver) {
      const method: unknown = Reflect.get(target, key, receiver);
      if (typeof method !== "function" || ["publicUrl", "internalUrl"].includes(String(key))) {
        return method;
      }
      return async (...args: unknown[]) => {
        before();
        return Reflect.apply(method, target, args);
      };
    },
  });
}

export interface FakeCrewPorts {
  runtime: Runtime;
  gateway: Gateway;
  platform: Platform;
}

/** A connection to hosts in memory. */
export function connectFakeHosts(
  [first, ...others]: readonly [FakeHost, ...FakeHost[]],
  equip: (host: string, service: string) => void = () => {},
): FakeCrewPorts {
  const crew = createCrew([first, ...others]);
  return {
    runtime: createRuntimeAcross(crew, async ({ name }, { service }) => equip(name, service)),
    gateway: createGatewayAcross(crew),
    platform: { ...first.world.platform, lostHosts: () => crew.lost() },
  };
}
