import { afterEach, beforeEach, expect, test } from "vitest";

import type { EnvironmentConnection } from "../../src/hosts/platform.ts";
import { killDaemon } from "./find-daemon.ts";
import {
  createTestEnvironment,
  planTestInstance,
  swap,
  type TestEnvironment,
} from "./test-environment.ts";

const limitMs = 60_000;
const routes = [{ path: "/api/events", strip: true }];
const superseded = { code: "RUN_SUPERSEDED", exitCode: 12 };
let environment: TestEnvironment;

beforeEach(async () => void (environment = await createTestEnvironment()));

afterEach(async () => await environment.remove({ epoch: 99 }), limitMs);

test("a run that was overtaken can change nothing", { timeout: limitMs }, async () => {
  const overtaken = await environment.connect({ epoch: 1 });
  const id = await serve(overtaken);
  const image = await environment.image("events", "2.0.0");

  await environment.connect({ epoch: 2 });

  const { runtime, gateway, platform } = overtaken;
  const task = { ...image, id: "events-migrate", args: ["migrate"], env: {}, secrets: [] };
  const attempts = await Promise.allSettled([
    runtime.start(planTestInstance(image, 2)),
    runtime.runOnce({ ...task, timeoutMs: 1000 }),
    runtime.keepRunning(id),
    runtime.stop(id, 1000),
    gateway.ensure("events", []),
    gateway.shift("events", "events-2", "127.0.0.1:1"),
    gateway.retire("events", id),
    gateway.remove("events"),
    gateway.announce({ id: "set-2" }),
    platform.ensureDatabase("events"),
    platform.ensureSecrets({}),
    platform.shutdown(),
  ]);
  expect(attempts).toEqual(
    attempts.map(() => ({ status: "rejected", reason: expect.objectContaining(superseded) })),
  );
  expect((await gateway.probe("/api/events/"))?.status).toBe(200);
});

test("says who may and who may not", { timeout: limitMs }, async () => {
  const overtaken = await environment.connect({ epoch: 7 });
  await environment.connect({ epoch: 8 });

  await expect(overtaken.gateway.ensure("events", routes)).rejects.toMatchObject({
    message:
      'Another run has taken over the environment (epoch 8, this one has 7), so "ensure" was refused.',
    hint: "This run changes nothing any more. See what happened: npx nx run tools:history",
  });
});

test("an overtaken run can't claim the environment back", { timeout: limitMs }, async () => {
  await environment.connect({ epoch: 2 });

  await expect(environment.connect({ epoch: 1 })).rejects.toMatchObject(superseded);
});

test("a command without the lock may look only", { timeout: limitMs }, async () => {
  const id = await serve(await environment.connect({ epoch: 1 }));
  const { runtime, gateway } = await environment.connect();

  expect(await runtime.list()).toHaveLength(1);
  await expect(gateway.remove("events")).rejects.toMatchObject(superseded);
  await expect(runtime.stop(id, 1000)).rejects.toMatchObject(superseded);
});

test("remembers the newest run when the daemon is killed", { timeout: limitMs }, async () => {
  const overtaken = await environment.connect({ epoch: 1 });
  await serve(overtaken);
  await environment.connect({ epoch: 2 });
  await killDaemon(environment.options.stateFolder);
  await environment.connect();

  await expect(overtaken.gateway.remove("events")).rejects.toMatchObject(superseded);

  expect((await overtaken.gateway.probe("/api/events/"))?.status).toBe(200);
});

async function serve(connection: EnvironmentConnection): Promise<string> {
  await connection.gateway.ensure("events", routes);
  const instance = planTestInstance(await environment.image("events", "1.0.0"), 1);
  await swap(connection, { from: null, to: instance });
  return instance.id;
}
