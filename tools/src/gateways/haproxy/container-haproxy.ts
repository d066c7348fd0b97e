import { mkdir } from "node:fs/promises";
import { dirname } from "node:path";

import type { EngineClient } from "../../engine/engine-client.ts";
import { createMutex } from "../../files/mutex.ts";
import { readHostFile, runOnHost, writeHostFile } from "../../hosts/run-on-host.ts";
import { baseOwners, gatewayFolder } from "../../runtimes/compose/plan-base.ts";
import type { ComposePlace } from "../../runtimes/compose/plan-project.ts";
import type { HaproxyHost } from "./haproxy-host.ts";

export interface ContainerHaproxyOptions {
  engine: EngineClient;
  place: ComposePlace;
  /** Keeps commands of this machine apart; those of others are kept apart by the environment's lock. */
  lockFile: string;
  start: () => Promise<void>;
  /** Runs HAProxy once in a container of its own; null when it accepts the file. */
  check: (file: string) => Promise<string | null>;
}

/** HAProxy in a container of a host, its folder bind-mounted. */
export async function createContainerHaproxy(
  options: ContainerHaproxyOptions,
): Promise<HaproxyHost> {
  const { engine, place, lockFile, start, check } = options;
  const { host } = engine;
  const folder = `${place.folder}/gateway`;
  const prepare = 'mkdir -p "$1" && chown "$2" "$1" && chmod 0700 "$1"';
  await runOnHost(host, { argv: ["sh", "-c", prepare, "sh", folder, baseOwners.gateway] });
  const reached = await host.reach(`${folder}/master.sock`);
  const enter = createMutex(lockFile);
  return {
    folder: gatewayFolder,
    socket: "socketPath" in reached ? reached.socketPath : "",
    readFile: async (name) => readHostFile(host, `${folder}/${name}`),
    async writeFile(name, content) {
      const path = `${folder}/${name}`;
      await writeHostFile(host, { path, content, mode: "0644", owner: baseOwners.gateway });
    },
    async exclusively(action) {
      await mkdir(dirname(lockFile), { recursive: true, mode: 0o700 });
      return enter(action);
    },
    start,
    check: async (name) => check(`${gatewayFolder}/${name}`),
    async digestCertificates(seenAs) {
      const script = 'cd "$1" 2>/dev/null && ls *.pem >/dev/null 2>&1 && cat *.pem | sha256sum';
      const certificates = seenAs.replace(gatewayFolder, folder);
      const { exitCode, stdout } = await host.run({
        argv: ["sh", "-c", script, "sh", certificates],
      });
      return exitCode === 0 ? stdout.slice(0, 64) : null;
    },
  };
}
