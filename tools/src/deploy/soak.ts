import { SlipwayError } from "../errors.ts";
import type { ReleaseSet } from "../release/release-set.ts";
import { failOnExit, formatAnswer, readLogTail } from "./await-ready.ts";
import { findRelease } from "./build-instance.ts";
import { serviceOf } from "./fold-ledger.ts";
import type { Step } from "./plan.ts";
import type { RunPorts } from "./run-ports.ts";

const pollMs = 500;
/** One bad answer may be a hiccup. */
const toleratedInARow = 1;

/** Watches what has just taken over: an end is noticed at once, being unwell within a second. */
export async function soak(
  { instances, seconds }: Step & { kind: "soak" },
  set: ReleaseSet,
  ports: RunPorts,
): Promise<void> {
  const settled = new AbortController();
  const signal = AbortSignal.any([ports.signal, settled.signal]);
  const watch = { seconds, set, signal };
  try {
    await Promise.race([
      Promise.all(instances.map((id) => watchReadiness(id, watch, ports))),
      ...instances.map((id) => failOnExit({ id, service: serviceOf(id) }, ports, signal)),
    ]);
  } finally {
    settled.abort();
  }
  ports.signal.throwIfAborted();
}

interface Watch {
  seconds: number;
  set: ReleaseSet;
  signal: AbortSignal;
}

async function watchReadiness(
  id: string,
  { seconds, set, signal }: Watch,
  ports: RunPorts,
): Promise<void> {
  const { runtime, clock } = ports;
  const path = findRelease(serviceOf(id), set).needs.health.readiness;
  const deadline = clock.now().getTime() + seconds * 1000;
  let failures = 0;
  while (clock.now().getTime() < deadline && !signal.aborted) {
    await clock.sleep(pollMs, signal);
    if (signal.aborted) return;
    const answer = await runtime.probe(id, path);
    failures = answer?.status === 200 ? 0 : failures + 1;
    if (failures <= toleratedInARow) continue;
    throw new SlipwayError(
      "SOAK_FAILED",
      `${serviceOf(id)} was well at first and is not any more.`,
      {
        details: [`GET ${path}: ${formatAnswer(answer)}`, ...(await readLogTail(id, ports))],
      },
    );
  }
}
