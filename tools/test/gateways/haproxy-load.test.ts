import { afterEach, beforeEach, expect, test } from "vitest";

import {
  createTestEnvironment,
  type TestEnvironment,
  until,
} from "../environment/test-environment.ts";
import { startLoad } from "../load/start-load.ts";
import { swapUnderLoad } from "../load/swap-under-load.ts";
import { openTestGateway, requireHaproxy } from "./spawn-haproxy.ts";

const limitMs = 300_000;
const swaps = 20;
/** The full proof: SLIPWAY_LOAD_REQUESTS=25000, twice. */
const requests = Number(process.env["SLIPWAY_LOAD_REQUESTS"] ?? 5000);
let environment: TestEnvironment;

beforeEach(async (context) => {
  await requireHaproxy(context);
  environment = await createTestEnvironment();
});
afterEach(async () => await environment?.remove(), 60_000);

test("loses no request in twenty swaps in good form", { timeout: limitMs }, async () => {
  const { runtime } = await environment.connect();
  const { gateway } = await openTestGateway();

  const report = await swapUnderLoad({
    environment,
    runtime,
    gateway,
    requests,
    swaps,
    mode: "graceful",
  });

  expect(report.failures).toEqual([]);
  expect(report.webSockets).toMatchObject({ opened: 4, closed: 4, cut: 0 });
  expect(report.long.sent).toBeGreaterThan(4);
  expect(report.short.sent).toBeGreaterThanOrEqual(requests);
});

test("loses no request in twenty swaps of a rude service", { timeout: limitMs }, async () => {
  const { runtime } = await environment.connect();
  const { gateway } = await openTestGateway();

  const report = await swapUnderLoad({
    environment,
    runtime,
    gateway,
    requests,
    swaps,
    mode: "rude",
  });

  expect(report.failures).toEqual([]);
  expect(report.long.sent).toBeGreaterThan(4);
  expect(report.short.sent).toBeGreaterThanOrEqual(requests);
});

test("loses no request while it reloads for more services", { timeout: limitMs }, async () => {
  const { runtime } = await environment.connect();
  const { gateway, log } = await openTestGateway();

  const report = await swapUnderLoad({
    environment,
    runtime,
    gateway,
    mode: "graceful",
    swaps: 16,
    disturb: async (number) => await gateway.ensure(`other-${number}`, []),
  });

  expect(report.failures).toEqual([]);
  expect(log.filter((line) => line.includes("Loading success"))).toHaveLength(3);
});

test("killed under load, it comes back within a second and routes as before", async () => {
  const { runtime } = await environment.connect();
  const { gateway, pid } = await openTestGateway();
  const once = { environment, runtime, gateway, mode: "graceful", swaps: 1 } as const;
  await swapUnderLoad(once);
  const before = await gateway.describe();
  const load = startLoad({ url: `${gateway.publicUrl()}/api/events`, webSockets: 0 });
  await until(() => load.sent() > 100);

  const killedMs = performance.now();
  process.kill(-pid(), "SIGKILL");
  await until(async () => (await gateway.probe("/api/events/"))?.status === 200);
  const gapMs = performance.now() - killedMs;
  const report = await load.stop();

  process.stdout.write(`gap ${Math.round(gapMs)} ms, ${report.short.failed} failed meanwhile\n`);
  expect(gapMs).toBeLessThan(1000);
  expect(await gateway.describe()).toEqual(before);
});
