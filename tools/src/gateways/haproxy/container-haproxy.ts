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

const absent = 44;

/**
 * Keys are for root alone, HAProxy is not root; and a HAProxy that starts again must find those that it had. So each set
 * of files gets a folder of its own beside the configuration, and the last few stay.
 */
const copyScript = [
  `umask 077; cd "$1" 2>/dev/null && ls *.pem >/dev/null 2>&1 || exit ${absent}`,
  'sum=$(for file in *.pem; do echo "$file"; cat "$file"; done | sha256sum | cut -c1-64)',
  'target="$2/certificates-$sum"; new="$2/certificates.new"',
  'if [ ! -d "$target" ]; then',
  '  rm -rf "$new" && mkdir -p "$new" && cp *.pem "$new/" && chmod 0400 "$new"/*.pem || exit 1',
  '  chown -R "$3" "$new" && mv "$new" "$target" || exit 1',
  "fi",
  'touch "$target"; ls -dt "$2"/certificates-* | tail -n +4 | xargs -r rm -rf',
  'echo "$sum"',
].join("\n");

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
    async takeCertificates(certificates) {
      const argv = [
        "sh",
        "-c",
        copyScript,
        "sh",
        certificates,
        folder,
        baseOwners.gateway,
      ] as const;
      const { exitCode, stdout } = await host.run({ argv });
      if (exitCode === absent) return null;
      // What failed is said by whoever tries again.
      const digest = (exitCode === 0 ? stdout : await runOnHost(host, { argv })).trim();
      return { folder: `${gatewayFolder}/certificates-${digest}`, digest };
    },
  };
}
