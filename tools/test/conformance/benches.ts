import { onTestFinished } from "vitest";

import type { Gateway } from "../../src/gateways/gateway.ts";
import type { ImageReference, Runtime } from "../../src/runtimes/runtime.ts";
import { createTestEnvironment } from "../environment/test-environment.ts";
import { createFakeWorld } from "../fakes/fake-world.ts";

/** `dying` ends at once with an exit code; `missing` is in no registry. */
export type ImageMode = "graceful" | "silent" | "dying" | "missing";

/** One adapter of each port on one machine, and images for it. */
export interface Bench {
  runtime: Runtime;
  gateway: Gateway;
  image: (service: string, version: string, mode?: ImageMode) => Promise<ImageReference>;
}

/** Every adapter must behave alike; a new one is added here. */
export const benches = [
  ["fake", openFakeBench],
  ["process and edge", openProcessBench],
] as const;

async function openFakeBench(): Promise<Bench> {
  const { runtime, gateway, faults } = createFakeWorld();
  const lists = {
    graceful: [],
    silent: [faults.unready],
    dying: [faults.exits, faults.migrationFails],
    missing: [faults.missing],
  };
  return {
    runtime,
    gateway,
    async image(service, version, mode = "graceful") {
      const digit = version.slice(0, 1);
      for (const list of lists[mode]) list.push(`${service}@${digit}`);
      return { service, version, digest: `sha256:${digit.repeat(64)}` };
    },
  };
}

async function openProcessBench(): Promise<Bench> {
  const environment = await createTestEnvironment();
  const { runtime, gateway } = await environment.connect();
  onTestFinished(async () => await environment.remove());
  return {
    runtime,
    gateway,
    async image(service, version, mode = "graceful") {
      const isMissing = mode === "missing";
      const image = await environment.image(service, version, isMissing ? "graceful" : mode);
      if (isMissing) await environment.dropImage(image);
      return image;
    },
  };
}
