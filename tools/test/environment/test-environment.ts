import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { planDaemonPaths, planOwnerId } from "../../src/daemon/daemon-paths.ts";
import { findProcessesByEnvironment } from "../../src/daemon/process-identity.ts";
import type { ConnectOptions, EnvironmentConnection } from "../../src/hosts/platform.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import type { Registry } from "../../src/registries/registry.ts";
import { connectProcessEnvironment } from "../../src/runtimes/connect-process-environment.ts";
import type { ImageReference, InstanceSpec } from "../../src/runtimes/runtime.ts";
import { type FixtureMode, writeFixtureImage } from "./fixture-image.ts";
import { until } from "./until.ts";

export { until } from "./until.ts";

export interface TestEnvironment {
  options: ConnectOptions;
  registry: Registry;
  paths: ReturnType<typeof planDaemonPaths>;
  connect(changes?: Partial<ConnectOptions>): Promise<EnvironmentConnection>;
  /** Where the daemon keeps secrets, one folder a service. */
  secretsFolder(): string;
  /** Processes that belong to this environment, whoever started them. */
  processes(): number[];
  image(service: string, version: string, mode?: FixtureMode): Promise<ImageReference>;
  /** Takes an image out of the registry. */
  dropImage(image: ImageReference): Promise<void>;
  /** Ends everything that still runs, and removes the folder. */
  remove(changes?: Partial<ConnectOptions>): Promise<void>;
}

export async function createTestEnvironment(
  gateway: ConnectOptions["environment"]["gateway"] = { port: 0, fallback: "fail" },
  below = "",
): Promise<TestEnvironment> {
  const workspace = await mkdtemp(join(tmpdir(), "slipway-environment-"));
  const stateFolder = join(workspace, below, ".slipway", "test");
  const registry = createOciLayoutRegistry(join(workspace, "images"));
  const options: ConnectOptions = {
    stateFolder,
    workspace,
    environment: { name: "test", testData: true, gateway },
    registry,
    startIfMissing: true,
  };

  // As root the temporary workspace is closed to the services' user, so their files are kept elsewhere.
  const runRoot =
    process.getuid?.() === 0 ? `/var/lib/slipway/${planOwnerId(stateFolder)}` : stateFolder;

  async function connect(changes: Partial<ConnectOptions> = {}): Promise<EnvironmentConnection> {
    const connection = await connectProcessEnvironment({ ...options, ...changes });
    if (connection === null) throw new Error("No daemon runs.");
    return connection;
  }

  return {
    options,
    registry,
    paths: planDaemonPaths(stateFolder),
    connect,
    secretsFolder: () => join(runRoot, "secrets"),
    processes: () => findProcessesByEnvironment(`SLIPWAY_OWNER=${planOwnerId(stateFolder)}`),
    image: async (service, version, mode = "graceful") =>
      await writeFixtureImage(registry, { service, version, mode }),
    async dropImage({ service, digest }) {
      await rm(join(workspace, "images", service, "blobs", digest.replace(":", "/")));
    },
    async remove(changes) {
      await (await connect(changes)).platform.shutdown();
      await rm(workspace, { recursive: true, force: true });
      await rm(runRoot, { recursive: true, force: true });
    },
  };
}

export function planTestInstance(image: ImageReference, number: number): InstanceSpec {
  const id = `${image.service}-${image.digest.slice(7, 15)}-${number}`;
  return {
    ...image,
    id,
    set: "set-test",
    run: `run-${number}`,
    port: 8084,
    env: { IMAGE_DIGEST: image.digest, INSTANCE: id, SERVICE_VERSION: image.version },
    secrets: [],
    memoryMb: 64,
  };
}

/** Starts the instance, waits until it is ready, and gives its address. */
export async function bringUp(
  { runtime }: Pick<EnvironmentConnection, "runtime">,
  instance: InstanceSpec,
): Promise<string> {
  await runtime.start(instance);
  await until(async () => (await runtime.probe(instance.id, "/readiness"))?.status === 200);
  const found = (await runtime.list()).find(({ id }) => id === instance.id);
  return found?.address ?? "";
}

/** As the engine does it: up, shift, drain, retire, stop. */
export async function swap(
  connection: Pick<EnvironmentConnection, "runtime" | "gateway">,
  { from, to }: { from: string | null; to: InstanceSpec },
): Promise<void> {
  const { runtime, gateway } = connection;
  const address = await bringUp(connection, to);
  await gateway.shift(to.service, to.id, address);
  await runtime.keepRunning(to.id);
  if (from === null) return;
  await until(async () => (await gateway.inflight(to.service, from)) === 0, 3000).catch(() => {});
  await gateway.retire(to.service, from);
  await runtime.stop(from, 10_000);
}
