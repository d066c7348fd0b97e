import { afterEach, expect, test } from "vitest";

import { swapUnderLoad } from "../load/swap-under-load.ts";
import { createTestEnvironment, type TestEnvironment } from "./test-environment.ts";

const limitMs = 180_000;
const swaps = 10;
let environment: TestEnvironment;

afterEach(async () => await environment.remove(), 60_000);

test(
  "loses no request in ten swaps of a service that ends in good form",
  { timeout: limitMs },
  async () => {
    environment = await createTestEnvironment();
    const connection = await environment.connect();

    const report = await swapUnderLoad({ environment, ...connection, mode: "graceful", swaps });

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
    const connection = await environment.connect();

    const report = await swapUnderLoad({ environment, ...connection, mode: "rude", swaps });

    expect(report.failures).toEqual([]);
    expect(report.webSockets.opened).toBe(4);
    expect(report.long.sent).toBeGreaterThan(4);
    expect(report.short.sent).toBeGreaterThan(500);
  },
);
