import type { Gateway } from "../../src/gateways/gateway.ts";
import type { InstanceSpec, Runtime } from "../../src/runtimes/runtime.ts";
import type { FixtureMode } from "../environment/fixture-image.ts";
import { planTestInstance, swap, type TestEnvironment } from "../environment/test-environment.ts";
import type { LoadReport } from "./load-report.ts";
import { startLoad } from "./start-load.ts";

export interface SwapLoad {
  environment: Pick<TestEnvironment, "image">;
  runtime: Runtime;
  gateway: Gateway;
  mode: FixtureMode;
  swaps: number;
  /** Goes on swapping until so many were sent. */
  requests?: number;
  /** Something else that happens to the gateway before this swap, which must not be felt either. */
  disturb?: (swapNumber: number) => Promise<void>;
}

/** Swaps instances in a row, as a deployment does, while strict clients count every failure. */
export async function swapUnderLoad(options: SwapLoad): Promise<LoadReport & { swaps: number }> {
  const { gateway, swaps, requests = 0 } = options;
  await gateway.ensure("events", [{ path: "/api/events", strip: true }]);
  const planInstance = await planVersions(options);
  let current = planInstance(0);
  await swap(options, { from: null, to: current });
  const load = startLoad({ url: `${gateway.publicUrl()}/api/events` });
  let done = 0;
  while (done < swaps || load.sent() < requests) {
    done += 1;
    await options.disturb?.(done);
    const next = planInstance(done);
    await swap(options, { from: current.id, to: next });
    current = next;
  }
  const report = { swaps: done, ...(await load.stop()) };
  process.stdout.write(`${options.mode}: ${JSON.stringify(report)}\n`);
  return report;
}

/** Two images in turn. */
async function planVersions({ environment, mode }: SwapLoad) {
  const even = await environment.image("events", "1.0.0", mode);
  const odd = await environment.image("events", "1.1.0", mode);
  return (number: number): InstanceSpec => planTestInstance(number % 2 === 0 ? even : odd, number);
}
