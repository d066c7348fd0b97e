import { SlipwayError } from "../errors.ts";
import type { ProbeAnswer } from "../runtimes/runtime.ts";
import type { ServiceNeeds } from "../workspace/service-manifest.ts";
import { findIdentityFault } from "./check-identity.ts";
import type { PlannedInstance, Step } from "./plan.ts";
import type { RunPorts } from "./run-ports.ts";

const pollMs = 50;
const neededSuccesses = 2;
const shownLogLines = 10;

type AwaitReady = Step & { kind: "await-ready" };

/** Two readiness answers in a row, then proof that it is the planned version. An exit is noticed at once. */
export async function awaitReady(
  { instance, timeoutSeconds }: AwaitReady,
  health: ServiceNeeds["health"],
  ports: RunPorts,
): Promise<void> {
  const settled = new AbortController();
  const signal = AbortSignal.any([ports.signal, settled.signal]);
  try {
    await Promise.race([
      failOnExit(instance, ports, signal),
      pollReadiness({ instance, path: health.readiness, timeoutSeconds, signal }, ports),
    ]);
  } finally {
    settled.abort();
  }
  ports.signal.throwIfAborted();
  await checkIdentity(instance, health.liveness, ports);
}

/** Rejects when the instance ends; never resolves. */
export async function failOnExit(
  instance: Pick<PlannedInstance, "id" | "service"> & { version?: string },
  ports: RunPorts,
  signal: AbortSignal,
): Promise<never> {
  const exitCode = await ports.runtime.exited(instance.id, signal);
  if (signal.aborted) return new Promise(() => {});
  throw new SlipwayError(
    "INSTANCE_EXITED",
    `${nameInstance(instance)} ended by itself with exit code ${exitCode}.`,
    { details: await readLogTail(instance.id, ports) },
  );
}

interface Readiness {
  instance: PlannedInstance;
  path: string;
  timeoutSeconds: number;
  signal: AbortSignal;
}

async function pollReadiness(wish: Readiness, ports: RunPorts): Promise<void> {
  const { instance, path, timeoutSeconds, signal } = wish;
  const deadline = ports.clock.now().getTime() + timeoutSeconds * 1000;
  let successes = 0;
  while (successes < neededSuccesses && !signal.aborted) {
    const answer = await ports.runtime.probe(instance.id, path);
    successes = answer?.status === 200 ? successes + 1 : 0;
    if (successes < neededSuccesses && ports.clock.now().getTime() >= deadline) {
      throw await readinessTimeout(wish, answer, ports);
    }
    await ports.clock.sleep(pollMs, signal);
  }
}

async function readinessTimeout(
  { instance, path, timeoutSeconds }: Readiness,
  answer: ProbeAnswer | null,
  ports: RunPorts,
): Promise<SlipwayError> {
  return new SlipwayError(
    "READINESS_TIMEOUT",
    `${nameInstance(instance)} did not become ready within ${timeoutSeconds} s.`,
    {
      details: [`GET ${path}: ${formatAnswer(answer)}`, ...(await readLogTail(instance.id, ports))],
    },
  );
}

async function checkIdentity(
  instance: PlannedInstance,
  path: string,
  { runtime }: RunPorts,
): Promise<void> {
  const fault = findIdentityFault(await runtime.probe(instance.id, path), instance);
  if (fault === null) return;
  throw new SlipwayError(
    "IDENTITY_WRONG",
    `${nameInstance(instance)} answers GET ${path} with ${fault}, expected version ${instance.version} and digest ${instance.digest}.`,
  );
}

/** What the instance said last, for the report of a failure. */
export async function readLogTail(id: string, { runtime }: RunPorts): Promise<readonly string[]> {
  const lines = await runtime.logs(id, shownLogLines);
  return lines.length === 0 ? ["(its log is empty)"] : lines.map((line) => `| ${line}`);
}

export function formatAnswer(answer: ProbeAnswer | null): string {
  if (answer === null) return "no answer";
  return `${answer.status} ${answer.body.trim().slice(0, 300)}`.trim();
}

function nameInstance({ service, version }: { service: string; version?: string }): string {
  return version === undefined ? service : `${service}@${version}`;
}
