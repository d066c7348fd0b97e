import { randomBytes } from "node:crypto";

import { stringify } from "yaml";

import type { EngineClient } from "../../engine/engine-client.ts";
import type { TaskResult } from "../runtime.ts";
import { readContainerLog } from "./container-logs.ts";
import { awaitContainer, removeContainer } from "./containers.ts";
import { type ComposePlace, containerLabels, containerName, hardening } from "./plan-project.ts";
import { runComposeUp } from "./run-compose.ts";

export interface BaseTool {
  image: string;
  argv: readonly string[];
  user: string;
  /** Name of the one network it needs; none when left out. */
  network?: string;
  /** Folders and files of the host by the path where the tool finds them. */
  mounts: Readonly<Record<string, string>>;
  timeoutMs: number;
}

/** Runs a program of one of the base images to its end, in a container of its own. */
export async function runBaseTool(
  { engine, socket, place }: { engine: EngineClient; socket: string; place: ComposePlace },
  tool: BaseTool,
): Promise<TaskResult> {
  const name = containerName(place, `tool-${randomBytes(4).toString("hex")}`);
  const networks =
    tool.network === undefined ? {} : { only: { name: tool.network, external: true } };
  const service = {
    image: tool.image,
    pull_policy: "missing",
    container_name: name,
    entrypoint: [...tool.argv],
    user: tool.user,
    restart: "no",
    ...hardening,
    ...(tool.network === undefined ? { network_mode: "none" } : { networks: ["only"] }),
    labels: { [containerLabels.environment]: place.environment, [containerLabels.kind]: "task" },
    volumes: Object.entries(tool.mounts).map(([target, source]) => ({
      type: "bind",
      source,
      target,
    })),
  };
  try {
    const content = stringify(
      { name, services: { tool: service }, networks },
      { aliasDuplicateObjects: false },
    );
    await runComposeUp({ host: engine.host, socket, content });
    const exitCode = await awaitContainer(engine, name, tool.timeoutMs);
    return { exitCode: exitCode ?? -1, output: (await readContainerLog(engine, name, 50)) ?? [] };
  } finally {
    await removeContainer(engine, name, { graceMs: 0 });
  }
}
