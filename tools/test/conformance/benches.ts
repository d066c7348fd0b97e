import { randomBytes } from "node:crypto";

import { afterAll, onTestFinished, type TestContext } from "vitest";

import type { Gateway } from "../../src/gateways/gateway.ts";
import type { ImageReference, Runtime } from "../../src/runtimes/runtime.ts";
import { createTestEnvironment } from "../environment/test-environment.ts";
import { createFakeWorld } from "../fakes/fake-world.ts";
import { openTestGateway, requireHaproxy } from "../gateways/spawn-haproxy.ts";
import { createLabEnvironment, lab, type LabEnvironment } from "../lab/lab-environment.ts";

/** `dying` ends at once with an exit code; `missing` is in no registry. */
export type ImageMode = "graceful" | "silent" | "dying" | "missing";

/** One adapter of each port on one machine, and images for it. */
export interface Bench {
  runtime: Runtime;
  gateway: Gateway;
  image: (service: string, version: string, mode?: ImageMode) => Promise<ImageReference>;
}

/** Without a lab there is no engine; `test/lab/lab.test.ts` says then that these were left out. */
const containerBenches = ["here", "a"]
  .filter((host) => lab?.hosts.some(({ name }) => name === host))
  .map((host) => [`compose on ${host}`, async () => openComposeBench(host)] as const);

/** Every adapter must behave alike; a new one is added here. */
export const benches = [
  ["fake", openFakeBench],
  ["process and edge", openProcessBench],
  ...containerBenches,
] as const;

/** The gateways among them, and another that runs beside the process runtime. */
export const gatewayBenches = [
  ["fake", openFakeBench, requireNothing],
  ["process and edge", openProcessBench, requireNothing],
  ["process and HAProxy", openHaproxyBench, requireHaproxy],
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

async function requireNothing(_context: TestContext): Promise<void> {}

/** The same instances behind a HAProxy of the machine's package. */
async function openHaproxyBench(): Promise<Bench> {
  const bench = await openProcessBench();
  const { gateway } = await openTestGateway();
  return { ...bench, gateway };
}

/** An environment with containers takes seconds to come and go, so all tests of a file use the same. */
const opened = new Map<string, Promise<LabEnvironment>>();

afterAll(async () => {
  const environments = await Promise.all(opened.values());
  await Promise.all(environments.map(async ({ remove }) => remove()));
}, 120_000);

function openOnce(host: string): Promise<LabEnvironment> {
  const environment = createLabEnvironment(host);
  opened.set(host, environment);
  return environment;
}

async function openComposeBench(host: string): Promise<Bench> {
  const environment = await (opened.get(host) ?? openOnce(host));
  const { runtime, gateway } = environment.connection;
  const left = await runtime.list();
  await Promise.all(left.map(async ({ id }) => runtime.stop(id, 0)));
  return {
    runtime,
    gateway,
    async image(service, version, mode = "graceful") {
      if (mode !== "missing") return environment.image(service, version, mode);
      return { service, version, digest: `sha256:${randomBytes(32).toString("hex")}` };
    },
  };
}
