import { setTimeout as delay } from "node:timers/promises";

import { SlipwayError } from "../errors.ts";
import type { Host } from "../hosts/host.ts";

const patienceMs = 30_000;
const pollMs = 200;

/**
 * An engine that has answered before and is being started anew is waited for. Its host must be there: one that is gone
 * is no engine that comes back.
 */
export async function waitOut<Result>(
  host: Host,
  work: () => Promise<Result>,
  isWorthIt: () => boolean = () => true,
): Promise<Result> {
  const deadlineMs = Date.now() + patienceMs;
  for (;;) {
    try {
      return await work();
    } catch (error) {
      if (!isSilence(error) || !isWorthIt() || Date.now() > deadlineMs) throw error;
      await host.run({ argv: ["true"] });
      await delay(pollMs);
    }
  }
}

function isSilence(error: unknown): boolean {
  return error instanceof SlipwayError && error.code === "ENGINE_UNREACHABLE";
}
