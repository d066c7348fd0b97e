import { existsSync } from "node:fs";
import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";

import type { ControlClient } from "../daemon/control-client.ts";
import { logFileOf } from "../daemon/plan-process.ts";
import type { Hello, ImageStart } from "../daemon/protocol.ts";
import { followLines, readLastLines } from "../daemon/read-log.ts";
import { formatDigestAsName } from "../images/digest.ts";
import { unpackImage } from "../images/unpack-image.ts";
import type { Registry } from "../registries/registry.ts";
import { fetchProbe } from "./fetch-probe.ts";
import type { ImageReference, Runtime } from "./runtime.ts";

export interface ProcessRuntimeOptions {
  client: ControlClient;
  hello: Hello;
  registry: Registry;
  /** Folder of the instances' logs. */
  logs: string;
}

/** Runs unpacked images as processes of this machine, under the environment's daemon. */
export function createProcessRuntime({
  client,
  hello,
  registry,
  logs,
}: ProcessRuntimeOptions): Runtime {
  const readImage = async (image: ImageReference) =>
    await readImageStart({ registry, into: hello.imagesFolder }, image);

  return {
    async prepare(image) {
      await readImage(image);
    },
    async runOnce(task) {
      return await client.call("runOnce", { task, image: await readImage(task) });
    },
    async start(instance) {
      await client.call("start", { instance, image: await readImage(instance) });
    },
    async probe(id, path) {
      const found = (await client.call("list", null)).find((instance) => instance.id === id);
      const address = found?.address ?? null;
      return address === null ? null : await fetchProbe(`http://${address}${path}`);
    },
    async exited(id, signal) {
      return (await client.call("exited", { id }, signal)).exitCode;
    },
    async keepRunning(id) {
      await client.call("keepRunning", { id });
    },
    async stop(id, graceMs) {
      await client.call("stop", { id, graceMs });
    },
    list: async () => await client.call("list", null),
    logs: async (id, lines) => await readLastLines(logFileOf(logs, id), lines),
    followLogs: (id, signal) => followLines(logFileOf(logs, id), signal),
    async prune(keep) {
      const used = await client.call("usedImages", null);
      await pruneImages(hello.imagesFolder, [...keep, ...used.map(({ digest }) => digest)]);
    },
  };
}

async function readImageStart(
  { registry, into }: { registry: Registry; into: string },
  { service, digest }: ImageReference,
): Promise<ImageStart> {
  const { folder, config } = await unpackImage({ registry, repository: service, digest, into });
  const { Entrypoint, Cmd, WorkingDir, Env } = config.config;
  return {
    root: folder,
    workingDir: WorkingDir ?? "/",
    entrypoint: [...(Entrypoint ?? []), ...(Cmd ?? [])],
    hasAddons: existsSync(join(folder, WorkingDir ?? "/", "node_modules")),
    env: Object.fromEntries((Env ?? []).map(splitEntry).filter(([name]) => name !== "PATH")),
  };
}

function splitEntry(entry: string): [string, string] {
  const at = entry.indexOf("=");
  return at < 0 ? [entry, ""] : [entry.slice(0, at), entry.slice(at + 1)];
}

async function pruneImages(folder: string, keep: readonly string[]): Promise<void> {
  const kept = new Set(keep.map(formatDigestAsName));
  const names = await readdir(folder).catch(() => []);
  const gone = names.filter((name) => !kept.has(name) && !name.endsWith(".tmp"));
  await Promise.all(gone.map((name) => rm(join(folder, name), { recursive: true, force: true })));
}
