import type { ObservedInstance, ProbeAnswer, Runtime } from "../../src/runtimes/runtime.ts";
import { hasFault, type FakeMachine } from "./fake-machine.ts";

export function createFakeRuntime(machine: FakeMachine): Runtime {
  const { instances, specs, faults, calls } = machine;
  return {
    async prepare({ service, digest }) {
      calls.push(`prepare ${service} ${digest.slice(-1)}`);
    },
    async runOnce({ service, digest, args }) {
      calls.push(`${args.join(" ")} ${service}`);
      const fails = args[0] === "migrate" && hasFault(faults.migrationFails, { service, digest });
      return fails
        ? { exitCode: 1, output: ["relation is missing"] }
        : { exitCode: 0, output: ["done"] };
    },
    async start(spec) {
      if (instances.has(spec.id)) return;
      calls.push(`start ${spec.id}`);
      specs.set(spec.id, spec);
      const hasEnded = hasFault(faults.exits, spec);
      instances.set(spec.id, observe(spec, hasEnded));
    },
    async probe(id, path) {
      const instance = instances.get(id);
      if (instance?.state !== "running") return null;
      return answerHealth(machine, instance, path);
    },
    async exited(id, signal) {
      const exitCode = instances.get(id)?.exitCode ?? null;
      if (exitCode !== null) return exitCode;
      return new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason), { once: true });
      });
    },
    async keepRunning(id) {
      calls.push(`keep ${id}`);
    },
    async stop(id) {
      if (instances.delete(id)) calls.push(`stop ${id}`);
    },
    async list() {
      return [...instances.values()];
    },
    async logs() {
      return ["listening", "Error: no database"];
    },
    async *followLogs() {
      yield "listening";
    },
    async prune() {},
  };
}

function observe(
  spec: { id: string; service: string; version: string; digest: string; set: string; run: string },
  hasEnded: boolean,
): ObservedInstance {
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

export function answerHealth(
  { faults }: FakeMachine,
  instance: ObservedInstance,
  path: string,
): ProbeAnswer {
  const isUnready = path.endsWith("/readiness") && hasFault(faults.unready, instance);
  if (isUnready)
    return { status: 503, headers: {}, body: '{"success":false,"message":"database"}' };
  const version = hasFault(faults.lies, instance) ? "9.9.9" : instance.version;
  const data = { version, image_digest: instance.digest };
  return { status: 200, headers: {}, body: JSON.stringify({ success: true, data }) };
}
