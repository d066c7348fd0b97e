import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { onTestFinished } from "vitest";

import { type LabFacts, readLab } from "../../lab/lab-facts.ts";
import { programsEnv } from "../../lab/programs.ts";
import type {
  ConnectOptions,
  EnvironmentConnection,
  HostSettings,
} from "../../src/hosts/platform.ts";
import { ImageConfig, ImageManifest, parseDocument } from "../../src/images/oci-documents.ts";
import { createOciLayoutRegistry } from "../../src/registries/oci-layout.ts";
import type { Registry } from "../../src/registries/registry.ts";
import { connectComposeEnvironment } from "../../src/runtimes/connect-compose-environment.ts";
import type { ImageReference } from "../../src/runtimes/runtime.ts";
import { type FixtureMode, writeFixtureImage } from "../environment/fixture-image.ts";

/** Null when no lab is up. */
export const lab = await readLab();
const limitMs = 120_000;
export const labAdvice = "Needs the lab, as root on Debian: npx nx run tools:lab up";

export interface LabEnvironment {
  options: ConnectOptions;
  connection: EnvironmentConnection;
  connect: (changes?: Partial<ConnectOptions>) => Promise<EnvironmentConnection>;
  image: (service: string, version: string, mode?: FixtureMode) => Promise<ImageReference>;
  remove: () => Promise<void>;
}

/** An environment of its own on one of the lab's hosts; it ends with the test. */
export async function openLabEnvironment(hostName: string): Promise<LabEnvironment> {
  const environment = await createLabEnvironment(hostName);
  onTestFinished(environment.remove, limitMs);
  return environment;
}

/** The same, for as long as the caller wants. */
export async function createLabEnvironment(hostName: string): Promise<LabEnvironment> {
  if (lab === null) throw new Error(labAdvice);
  Object.assign(process.env, programsEnv());
  const found = lab.hosts.find(({ name }) => name === hostName);
  if (found === undefined) throw new Error(`The lab has no host ${hostName}.`);
  const host = describeHost(lab, found);
  const workspace = await mkdtemp(join(tmpdir(), "slipway-lab-test-"));
  const port = await findPort();
  const options: ConnectOptions = {
    stateFolder: join(workspace, "state"),
    workspace,
    environment: {
      name: `test-${randomBytes(3).toString("hex")}`,
      testData: true,
      gateway: { port, fallback: "fail", host: host.ssh === undefined ? "127.0.0.1" : "0.0.0.0" },
    },
    registry: imageRegistry,
    startIfMissing: true,
    epoch: 1,
  };
  const address = host.ssh?.split("@")[1];
  const facts = {
    hosts: [host] as const,
    images: lab.images,
    databasePort: 5432,
    ...(address === undefined ? {} : { publicUrl: `http://${address}:${port}` }),
  };
  const connect = async (changes: Partial<ConnectOptions> = {}) => {
    const connection = await connectComposeEnvironment({ ...options, ...changes }, facts);
    if (connection === null) throw new Error("Nothing of the environment is there.");
    return connection;
  };
  const connection = await connect();
  const remove = async () => {
    const last = await connect({ epoch: 1_000 });
    await last.platform.shutdown();
    await Promise.all([last.close(), connection.close()]);
    await rm(workspace, { recursive: true, force: true });
  };
  return { options, connection, connect, image: writeImage, remove };
}

function describeHost(
  { identityFile, knownHostsFile }: LabFacts,
  { name, ssh, socket, folder }: LabFacts["hosts"][number],
): HostSettings {
  return ssh === null
    ? { name, dockerSocket: socket, folder }
    : { name, ssh, identityFile, knownHostsFile, folder };
}

/** Shared by all tests of a run: an image is the same each time. */
const imagesFolder = join(tmpdir(), `slipway-lab-images-${process.pid}`);
const imageRegistry: Registry = createOciLayoutRegistry(imagesFolder);

async function writeImage(service: string, version: string, mode: FixtureMode = "graceful") {
  return writeFixtureImage(imageRegistry, {
    service,
    version,
    mode,
    base: await readNodeBase(service),
  });
}

/** The lab's base image with node, its layers copied into the service's repository once. */
async function readNodeBase(service: string) {
  const bases = createOciLayoutRegistry(lab?.bases ?? "");
  const content = await bases.readManifest("node", "lab");
  if (content === null) throw new Error("The lab has no base image with node.");
  const { layers, config } = parseDocument(ImageManifest, content, "Base");
  for (const { digest } of layers) {
    if (await imageRegistry.hasBlob(service, digest)) continue;
    await imageRegistry.writeBlob(
      service,
      digest,
      await readAll(await bases.readBlob("node", digest)),
    );
  }
  const described = parseDocument(
    ImageConfig,
    await readAll(await bases.readBlob("node", config.digest)),
    "Base",
  );
  return { layers, diffIds: described.rootfs.diff_ids, env: described.config.Env ?? [] };
}

async function readAll(stream: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Of this machine; the lab's hosts have networks of their own, where it is as good as any. */
async function findPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
  const address = server.address();
  await new Promise((resolve) => {
    server.close(resolve);
  });
  return typeof address === "object" && address !== null ? address.port : 0;
}
