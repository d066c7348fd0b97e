import { afterEach, expect, test } from "vitest";

import type { InstanceSpec } from "../../src/runtimes/runtime.ts";
import type { LoadReport } from "../load/load-report.ts";
import { startLoad } from "../load/start-load.ts";
import type { FixtureMode } from "./fixture-image.ts";
import {
  createTestEnvironment,
  planTestInstance,
  swap,
  type TestEnvironment,
} from "./test-environment.ts";

const limitMs = 180_000;
const swaps = 10;
let environment: TestEnvironment;

afterEach(async () => await environment.remove(), 60_000);

test(
  "loses no request in ten swaps of a service that ends in good form",
  { timeout: limitMs },
  async () => {
    environment = await createTestEnvironment();

    const report = await swapUnderLoad("graceful");

    expect(report.failures).toEqual([]);
    expect(report.webSockets).toMatchObject({ opened: 4, closed: 4, cut: 0 });
    expect(report.long.sent).toBeGreaterThan(4);
    expect(report.short.sent).toBeGreaterThan(500);
  },
);

test(
  "loses no request in ten swaps of a service that exits at once on SIGTERM",
  { timeout: limitMs },
  async () => {
    environment = await createTestEnvironment();

    const report = await swapUnderLoad("rude");

    expect(report.failures).toEqual([]);
    expect(report.webSockets.opened).toBe(4);
    expect(report.long.sent).toBeGreaterThan(4);
    expect(report.short.sent).toBeGreaterThan(500);
  },
);

async function swapUnderLoad(mode: FixtureMode): Promise<LoadReport> {
  const connection = await environment.connect();
  await connection.gateway.ensure("events", [{ path: "/api/events", strip: true }]);
  const [first, ...others] = await planVersions(mode);
  await swap(connection, { from: null, to: first });
  const load = startLoad({ url: `${connection.gateway.publicUrl()}/api/events` });
  let from = first.id;
  for (const to of others) {
    await swap(connection, { from, to });
    from = to.id;
  }
  const report = await load.stop();
  process.stdout.write(`${mode}: ${JSON.stringify(report)}\n`);
  return report;
}

/** One to begin with, and one a swap: two images in turn. */
async function planVersions(mode: FixtureMode): Promise<[InstanceSpec, ...InstanceSpec[]]> {
  const even = await environment.image("events", "1.0.0", mode);
  const odd = await environment.image("events", "1.1.0", mode);
  const others = Array.from({ length: swaps }, (_, number) =>
    planTestInstance(number % 2 === 0 ? odd : even, number + 1),
  );
  return [planTestInstance(even, 0), ...others];
}
