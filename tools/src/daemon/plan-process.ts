import { basename, dirname, join } from "node:path";

import { SlipwayError } from "../errors.ts";
import type { InstanceSpec, TaskSpec } from "../runtimes/runtime.ts";
import type { Isolation } from "./isolation.ts";
import type { ImageStart } from "./protocol.ts";
import { type SecretStore, secretFile } from "./secrets.ts";
import type { ProcessSpec } from "./spawn-process.ts";

/** What every process of an environment has in common. */
export interface ProcessPlace {
  isolation: Isolation;
  secrets: SecretStore;
  logsFolder: string;
  /** PATH, TZ and LANG of whoever started the daemon, and the mark of this environment. */
  baseEnv: Readonly<Record<string, string>>;
}

interface Start {
  id: string;
  service: string;
  env: Readonly<Record<string, string>>;
  secrets: readonly string[];
  args: readonly string[];
  memoryMb: number | null;
}

export function planInstance(
  place: ProcessPlace,
  { instance, image }: { instance: InstanceSpec; image: ImageStart },
  port: number,
): ProcessSpec {
  const env = { ...instance.env, HOST: "127.0.0.1", PORT: String(port) };
  return planStart(place, image, { ...instance, env, args: [] });
}

export function planTask(
  place: ProcessPlace,
  { task, image }: { task: TaskSpec; image: ImageStart },
): ProcessSpec {
  return planStart(place, image, { ...task, memoryMb: null });
}

export function logFileOf(logsFolder: string, id: string): string {
  return join(logsFolder, `${basename(id)}.log`);
}

function planStart(place: ProcessPlace, image: ImageStart, start: Start): ProcessSpec {
  const { isolation, secrets, baseEnv } = place;
  const [command, ...entryArgs] = image.entrypoint;
  if (command !== "node") throw foreignEntry(start.service, image.entrypoint);
  return {
    id: start.id,
    command: isolation.nodePath,
    args: [
      ...planPermissions(image, dirname(secretFile(secrets, start.service, "any"))),
      ...planHeap(start.memoryMb),
      ...entryArgs,
      ...start.args,
    ],
    cwd: join(image.root, image.workingDir),
    env: {
      ...image.env,
      ...baseEnv,
      ...start.env,
      ...Object.fromEntries(
        start.secrets.map((name) => [`${name}_FILE`, secretFile(secrets, start.service, name)]),
      ),
    },
    owner: isolation.owner,
    logFile: logFileOf(place.logsFolder, start.id),
    stopSignal: "SIGTERM",
  };
}

/**
 * Node's permission model: a service reads its image, its secrets and the facts about itself; it writes no file and
 * starts no process. Native addons could step around that, so only images that bring some get them.
 */
function planPermissions({ root, hasAddons }: ImageStart, secretsFolder: string): string[] {
  return [
    "--permission",
    ...[root, secretsFolder, "/proc"].map((path) => `--allow-fs-read=${path}`),
    ...(hasAddons ? ["--allow-addons", "--disable-warning=SecurityWarning"] : []),
  ];
}

/** A quarter of the memory stays for what is not JavaScript's heap. */
function planHeap(memoryMb: number | null): string[] {
  return memoryMb === null ? [] : [`--max-old-space-size=${Math.ceil(memoryMb * 0.75)}`];
}

function foreignEntry(service: string, entrypoint: readonly string[]): SlipwayError {
  return new SlipwayError(
    "IMAGE_FOREIGN",
    `The image of ${service} starts "${entrypoint.join(" ")}", not node, so it can't run without a container engine.`,
    { hint: "Deploy it to an environment with a container engine." },
  );
}
