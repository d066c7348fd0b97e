import { setTimeout as delay } from "node:timers/promises";

import { afterEach, expect, test } from "vitest";

import { killDaemon } from "./find-daemon.ts";
import {
  createTestEnvironment,
  planTestInstance,
  swap,
  type TestEnvironment,
} from "./test-environment.ts";

const limitMs = 120_000;
let environment: TestEnvironment;

afterEach(async () => await environment.remove(), 60_000);

test.for([0, 2, 4, 6, 8, 12, 20, 40, 80, 160])(
  "leaves one process and the same routing when its daemon is killed %i ms into a start",
  { timeout: limitMs },
  async (afterMs) => {
    environment = await createTestEnvironment();
    const connection = await environment.connect();
    await connection.gateway.ensure("events", [{ path: "/api/events", strip: true }]);
    const old = planTestInstance(await environment.image("events", "1.0.0"), 1);
    const next = planTestInstance(await environment.image("events", "2.0.0"), 2);
    await swap(connection, { from: null, to: old });
    await connection.runtime.prepare(next);
    const started = connection.runtime.start(next).catch(() => "cut off");
    await delay(afterMs);
    await killDaemon(environment.options.stateFolder);
    await started;

    const survivor = await environment.connect();
    await survivor.runtime.stop(next.id, 5000);

    const answer = await survivor.gateway.probe("/api/events/");
    expect(JSON.parse(answer?.body ?? "")).toMatchObject({ version: "1.0.0" });
    const [kept] = await survivor.runtime.list();
    expect(environment.processes()).toEqual([kept?.pid]);
  },
);
