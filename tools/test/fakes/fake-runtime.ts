import { setTimeout as delay } from "node:timers/promises";

import { SlipwayError } from "../../src/errors.ts";
import type {
  ImageReference,
  InstanceSpec,
  ObservedInstance,
  Runtime,
  TaskResult,
  TaskSpec,
} from "../../src/runtimes/runtime.ts";
import { answerAsService } from "./answer-as-service.ts";
import { hasFault, type FakeMachine } from "./fake-machine.ts";

export function createFakeRuntime(machine: FakeMachine): Runtime {
  const { instances, specs, faults, kept, calls } = machine;

  function requireImage(image: ImageReference): void {
    if (!hasFault(faults.missing, image)) return;
    throw new SlipwayError("IMAGE_MISSING", `There is no image ${image.digest}.`);
  }

  function find(id: string): ObservedInstance {
    const instance = instances.get(id);
    if (instance !== undefined) return instance;
    throw new SlipwayError("INSTANCE_UNKNOWN", `There is no instance ${id} in this environment.`);
  }

  return {
    async prepare(image) {
      requireImage(image);
      calls.push(`prepare ${image.service} ${image.digest.slice(-1)}`);
    },
    async runOnce(task) {
      requireImage(task);
      calls.push(`${task.args.join(" ")} ${task.service}`);
      return runFakeTask(machine, task);
    },
    async start(spec) {
      requireImage(spec);
      const known = instances.get(spec.id);
      if (known !== undefined && known.state !== "exited") return;
      calls.push(`start ${spec.id}`);
      specs.set(spec.id, spec);
      instances.set(spec.id, observe(spec, hasFault(faults.exits, spec)));
    },
    async probe(id, path) {
      const instance = instances.get(id);
      if (instance?.state !== "running") return null;
      return answerAsService(machine, instance, path);
    },
    async exited(id, signal) {
      const { exitCode } = find(id);
      if (exitCode !== null) return exitCode;
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    },
    async keepRunning(id) {
      find(id);
      calls.push(`keep ${id}`);
      kept.add(id);
    },
    async stop(id) {
      if (instances.delete(id)) calls.push(`stop ${id}`);
    },
    async list() {
      return [...instances.values()];
    },
    async logs(id, lines) {
      return specs.has(id) ? ["listening", "Error: no database"].slice(-lines) : [];
    },
    async *followLogs() {
      yield "listening";
    },
    async prune() {},
  };
}

async function runFakeTask({ faults }: FakeMachine, task: TaskSpec): Promise<TaskResult> {
  const [command] = task.args;
  if (command === "hang") {
    await delay(task.timeoutMs);
    throw new SlipwayError("TASK_TIMEOUT", `${task.service} did not finish "hang".`);
  }
  return command === "migrate" && hasFault(faults.migrationFails, task)
    ? { exitCode: 1, output: ["relation is missing"] }
    : { exitCode: 0, output: ["done"] };
}

function observe(spec: InstanceSpec, hasEnded: boolean): ObservedInstance {
  const { id, service, version, digest, set, run } = spec;
  return {
    id,
    service,
    version,
    digest,
    set,
    run,
    state: hasEnded ? "exited" : "running",
    address: hasEnded ? null : `127.0.0.1:${id}`,
    pid: hasEnded ? null : 1,
    startedAt: "2026-11-23T12:00:00.000Z",
    restarts: 0,
    exitCode: hasEnded ? 1 : null,
  };
}
