import Type from "typebox";

import type { EngineClient } from "../../engine/engine-client.ts";
import { ensureImage, namePrefix } from "../../engine/load-image.ts";
import { SlipwayError } from "../../errors.ts";
import type { Registry } from "../../registries/registry.ts";
import { fetchProbe } from "../fetch-probe.ts";
import type { Runtime, TaskResult, TaskSpec } from "../runtime.ts";
import { followContainerLog, readContainerLog, readKeptLog } from "./container-logs.ts";
import { awaitContainer, removeContainer, waitForExit } from "./containers.ts";
import { dropProject, keepProject } from "./kept-projects.ts";
import { describeInstance, inspectContainer, observeInstances } from "./observe-containers.ts";
import {
  type ComposePlace,
  containerName,
  formatProject,
  planInstance,
  planTask,
} from "./plan-project.ts";
import { runComposeUp } from "./run-compose.ts";
import { chooseAddress } from "./service-network.ts";

export interface ComposeRuntimeOptions {
  engine: EngineClient;
  /** The engine's socket on its host. */
  socket: string;
  place: ComposePlace;
  registry: Registry;
  /** Called before every change; throws when a newer run has taken over. */
  requireClaim: () => Promise<void>;
}

const Images = Type.Array(
  Type.Object({ RepoTags: Type.Optional(Type.Union([Type.Array(Type.String()), Type.Null()])) }),
);
const taskLines = 200;

/** Runs images as containers of one host, each a Compose project of its own beside the others. */
export function createComposeRuntime(options: ComposeRuntimeOptions): Runtime {
  const { engine, place, registry, requireClaim } = options;
  const nameFor = (id: string) => containerName(place, id);
  const logFile = (id: string) => `${place.folder}/logs/${id}.log`;

  return {
    async prepare(image) {
      await requireClaim();
      await ensureImage({ engine, scope: place.environment }, registry, image);
    },
    async runOnce(task) {
      await requireClaim();
      return runTask(options, task);
    },
    async start(instance) {
      await requireClaim();
      const image = await ensureImage({ engine, scope: place.environment }, registry, instance);
      const address = await chooseAddress(engine, place, instance.id);
      const plan = planInstance(place, instance, image);
      const placed = address === null ? plan : { ...plan, address };
      const content = formatProject(place, placed);
      await keepProject(engine.host, place, { name: plan.name, content });
      await runComposeUp({ host: engine.host, socket: options.socket, content });
    },
    async probe(id, path) {
      const container = await inspectContainer(engine, nameFor(id));
      const address = container === null ? null : describeInstance(container, place).address;
      if (address === null) return null;
      const reached = await engine.host.reach(address);
      return fetchProbe(`http://${address}${path}`, {}, "socketPath" in reached ? reached : {});
    },
    async exited(id, signal) {
      const exitCode = await waitForExit(engine, nameFor(id), signal);
      if (exitCode === null) throw unknownInstance(id);
      return exitCode;
    },
    async keepRunning(id) {
      await requireClaim();
      const path = `/containers/${encodeURIComponent(nameFor(id))}/update`;
      const body = { RestartPolicy: { Name: "unless-stopped" } };
      if (!(await engine.send({ method: "POST", path, body }))) throw unknownInstance(id);
    },
    async stop(id, graceMs) {
      await requireClaim();
      await removeContainer(engine, nameFor(id), { graceMs, logFile: logFile(id) });
      await dropProject(engine.host, place, nameFor(id));
    },
    list: async () => observeInstances(engine, place),
    logs: async (id, lines) =>
      (await readContainerLog(engine, nameFor(id), lines)) ??
      (await readKeptLog(engine, logFile(id), lines)),
    followLogs: (id, signal) => followContainerLog(engine, nameFor(id), signal),
    async prune(keep) {
      await requireClaim();
      await pruneImages(options, keep);
    },
  };
}

/** The same task left by a run that was killed is ended first: nobody knows any more what it was told. */
async function runTask(options: ComposeRuntimeOptions, task: TaskSpec): Promise<TaskResult> {
  const { engine, place, registry } = options;
  const image = await ensureImage({ engine, scope: place.environment }, registry, task);
  const plan = planTask(place, task, image);
  await removeContainer(engine, plan.name, { graceMs: 0 });
  try {
    const content = formatProject(place, plan);
    await runComposeUp({ host: engine.host, socket: options.socket, content });
    const exitCode = await awaitContainer(engine, plan.name, task.timeoutMs);
    const output = (await readContainerLog(engine, plan.name, taskLines)) ?? [];
    if (exitCode !== null) return { exitCode, output };
    throw new SlipwayError(
      "TASK_TIMEOUT",
      `${task.service}@${task.version} did not finish "${task.args.join(" ")}" within ${task.timeoutMs / 1000} s.`,
      { hint: `Its last line: ${output.at(-1) ?? "none"}` },
    );
  } finally {
    await removeContainer(engine, plan.name, { graceMs: 0 });
  }
}

async function pruneImages(
  { engine, place }: ComposeRuntimeOptions,
  keep: ReadonlySet<string>,
): Promise<void> {
  const reference = [`${namePrefix(place.environment)}*`];
  const filters = encodeURIComponent(JSON.stringify({ reference }));
  const images = await engine.call(Images, { path: `/images/json?filters=${filters}` });
  const kept = new Set([...keep].map((digest) => digest.slice("sha256:".length)));
  const names = (images ?? []).flatMap(({ RepoTags }) => RepoTags ?? []);
  for (const name of names.filter((one) => !kept.has(one.split(":").at(-1) ?? ""))) {
    // The engine refuses what a container still uses; such an image stays.
    await engine
      .send({ method: "DELETE", path: `/images/${encodeURIComponent(name)}` })
      .catch(() => false);
  }
}

function unknownInstance(id: string): SlipwayError {
  return new SlipwayError("INSTANCE_UNKNOWN", `There is no instance ${id} in this environment.`, {
    hint: "See what runs: npx slipway status",
  });
}
