import { rm } from "node:fs/promises";

import { SlipwayError } from "../errors.ts";
import type { ObservedInstance, TaskResult } from "../runtimes/runtime.ts";
import type { DaemonContext } from "./daemon-context.ts";
import type { InstanceRecord } from "./daemon-state.ts";
import { findFreePort } from "./free-port.ts";
import { planInstance, planTask } from "./plan-process.ts";
import type { ControlHandlers, Params } from "./protocol.ts";
import { readLastLines } from "./read-log.ts";
import { unknownExitCode } from "./supervisor.ts";

const taskPrefix = "task-";
const taskLines = 200;
const taskGraceMs = 2000;

type InstanceCalls = Pick<
  ControlHandlers,
  "start" | "runOnce" | "keepRunning" | "exited" | "stop" | "list" | "usedImages"
>;

export function createInstanceCalls(context: DaemonContext): InstanceCalls {
  const { supervisor, instances } = context;
  return {
    start: async (params) => await startInstance(context, params),
    runOnce: async (params) => await runTask(context, params),
    async keepRunning({ id }) {
      if (!(await supervisor.keepRunning(id))) throw unknownInstance(id);
      return null;
    },
    async exited({ id }, signal) {
      if (supervisor.find(id) === null) throw unknownInstance(id);
      const exitCode = await supervisor.exited(id, signal);
      return { exitCode: exitCode ?? unknownExitCode };
    },
    async stop({ id, graceMs }) {
      await supervisor.stop(id, graceMs);
      instances.delete(id);
      await context.save();
      return null;
    },
    list: () => Promise.resolve([...instances.values()].map((one) => observe(context, one))),
    usedImages: () => Promise.resolve([...instances.values()]),
  };
}

/** Nobody waits for tasks that outlived the daemon which started them: their command runs them again. */
export async function endLeftTasks({ supervisor }: DaemonContext): Promise<void> {
  const ids = supervisor.list().map(({ spec }) => spec.id);
  const tasks = ids.filter((id) => id.startsWith(taskPrefix));
  await Promise.all(tasks.map((id) => supervisor.stop(id, taskGraceMs)));
}

async function startInstance(context: DaemonContext, params: Params<"start">): Promise<null> {
  const { instances, supervisor } = context;
  const { instance } = params;
  const known = instances.get(instance.id);
  if (known !== undefined && supervisor.find(instance.id)?.state !== "exited") return null;
  const port = known?.port ?? (await findFreePort(takenPorts(context)));
  const { id, service, version, digest, set, run } = instance;
  instances.set(id, { id, service, version, digest, set, run, port });
  await supervisor.start(planInstance(context.place, params, port));
  return null;
}

function takenPorts({ instances, ports }: DaemonContext): Set<number> {
  return new Set([...Object.values(ports), ...[...instances.values()].map(({ port }) => port)]);
}

async function runTask(context: DaemonContext, params: Params<"runOnce">): Promise<TaskResult> {
  const { supervisor, place } = context;
  const { task } = params;
  const id = `${taskPrefix}${task.id}`;
  const spec = { ...planTask(place, params), id };
  // The same task asked for again while it runs is joined, not started twice.
  if (supervisor.find(id) === null) await rm(spec.logFile, { force: true });
  await supervisor.start(spec);
  const exitCode = await supervisor.exited(id, AbortSignal.timeout(task.timeoutMs));
  await supervisor.stop(id, taskGraceMs);
  const output = await readLastLines(spec.logFile, taskLines);
  if (exitCode !== null) return { exitCode, output };
  throw new SlipwayError(
    "TASK_TIMEOUT",
    `${task.service}@${task.version} did not finish "${task.args.join(" ")}" within ${task.timeoutMs / 1000} s.`,
    { hint: `Its last line: ${output.at(-1) ?? "none"}` },
  );
}

function observe({ supervisor }: DaemonContext, instance: InstanceRecord): ObservedInstance {
  const { port, ...reference } = instance;
  const record = supervisor.find(instance.id);
  if (record === null) return { ...reference, ...goneFacts };
  const { identity, startedAt, restarts } = record;
  const known = { ...reference, startedAt, restarts };
  if (identity !== null) {
    const address = `127.0.0.1:${port}`;
    return { ...known, state: "running", address, pid: identity.pid, exitCode: null };
  }
  const state = record.state === "restarting" ? "restarting" : "exited";
  return {
    ...known,
    state,
    address: null,
    pid: null,
    exitCode: record.exitCode ?? unknownExitCode,
  };
}

/** Of an instance that was written down, but whose process was not: the daemon died in between. */
const goneFacts = {
  state: "exited",
  address: null,
  pid: null,
  startedAt: "",
  restarts: 0,
  exitCode: unknownExitCode,
} as const;

function unknownInstance(id: string): SlipwayError {
  return new SlipwayError("INSTANCE_UNKNOWN", `There is no instance ${id} in this environment.`, {
    hint: "See what runs: npx slipway status",
  });
}
