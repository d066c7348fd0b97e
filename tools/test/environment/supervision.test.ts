import { createServer } from "node:http";

import { afterEach, beforeEach, expect, test } from "vitest";

import type { EnvironmentConnection } from "../../src/hosts/platform.ts";
import { fetchProbe } from "../../src/runtimes/fetch-probe.ts";
import type { TaskSpec } from "../../src/runtimes/runtime.ts";
import {
  bringUp,
  createTestEnvironment,
  planTestInstance,
  swap,
  type TestEnvironment,
  until,
} from "./test-environment.ts";

const limitMs = 60_000;
let environment: TestEnvironment;
let connection: EnvironmentConnection;

beforeEach(async () => {
  environment = await createTestEnvironment();
  connection = await environment.connect();
  await connection.gateway.ensure("events", [{ path: "/api/events", strip: true }]);
}, limitMs);

afterEach(async () => await environment.remove(), limitMs);

test("starts a service in traffic again when it crashes", { timeout: limitMs }, async () => {
  const instance = await startInTraffic("1.0.0");
  const [before] = await connection.runtime.list();

  await connection.gateway.probe("/api/events/crash");

  await until(async () => (await connection.gateway.probe("/api/events/"))?.status === 200);
  const [after] = await connection.runtime.list();
  expect(after).toMatchObject({
    id: instance.id,
    state: "running",
    restarts: 1,
    address: before?.address,
  });
  expect(after?.pid).not.toBe(before?.pid);
});

test("waits longer with every crash in a row", { timeout: limitMs }, async () => {
  const instance = await startInTraffic("1.0.0");

  await crashUntil(1);
  const firstMs = await crashUntil(2);
  const secondMs = await crashUntil(3);

  expect(secondMs).toBeGreaterThan(firstMs);
  expect(await connection.runtime.logs(instance.id, 10)).toEqual([]);
});

test(
  "tells at once that a new service ended, with its code and last words",
  { timeout: limitMs },
  async () => {
    const image = await environment.image("events", "1.0.0", "dying");
    const instance = planTestInstance(image, 1);
    const startedMs = performance.now();
    await connection.runtime.start(instance);

    const exitCode = await connection.runtime.exited(instance.id, AbortSignal.timeout(5000));

    expect(exitCode).toBe(3);
    expect(performance.now() - startedMs).toBeLessThan(3000);
    expect(await connection.runtime.logs(instance.id, 5)).toEqual([
      "This service has no setting COFFEE and ends.",
    ]);
    expect(await connection.runtime.list()).toMatchObject([
      { state: "exited", exitCode: 3, restarts: 0 },
    ]);
  },
);

test("lets a long request end before the old version goes", { timeout: limitMs }, async () => {
  const old = await startInTraffic("1.0.0");
  const long = connection.gateway.probe("/api/events/slow?ms=1200");
  await until(async () => (await connection.gateway.inflight("events", old.id)) === 1);

  await swap(connection, {
    from: old.id,
    to: planTestInstance(await environment.image("events", "2.0.0"), 2),
  });

  expect(JSON.parse((await long)?.body ?? "")).toMatchObject({ version: "1.0.0" });
  expect((await connection.runtime.list()).map(({ version }) => version)).toEqual(["2.0.0"]);
});

test("ends what does not heed SIGTERM once the grace is over", { timeout: limitMs }, async () => {
  const old = await startInTraffic("1.0.0");
  const long = connection.gateway.probe("/api/events/slow?ms=4000");
  await until(async () => (await connection.gateway.inflight("events", old.id)) === 1);
  const startedMs = performance.now();

  await connection.runtime.stop(old.id, 300);

  expect(performance.now() - startedMs).toBeLessThan(2500);
  expect(await long).toMatchObject({ status: 502 });
  expect(environment.processes()).toEqual([]);
});

test("refuses to retire the instance that takes the traffic", { timeout: limitMs }, async () => {
  const instance = await startInTraffic("1.0.0");

  await expect(connection.gateway.retire("events", instance.id)).rejects.toMatchObject({
    code: "INSTANCE_IN_SERVICE",
  });
});

test("runs a command of an image to its end", { timeout: limitMs }, async () => {
  const image = await environment.image("events", "1.0.0");

  const result = await connection.runtime.runOnce(planTask(image, "migrate"));

  expect(result).toEqual({ exitCode: 0, output: ['{"level":"info","msg":"migrated"}'] });
});

test("ends a command that takes too long", { timeout: limitMs }, async () => {
  const image = await environment.image("events", "1.0.0");

  const running = connection.runtime.runOnce({ ...planTask(image, "hang"), timeoutMs: 400 });

  await expect(running).rejects.toMatchObject({
    code: "TASK_TIMEOUT",
    message: 'events@1.0.0 did not finish "hang" within 0.4 s.',
  });
  expect(environment.processes()).toEqual([]);
});

test(
  "gives a service its memory limit, and of the environment only what it needs",
  { timeout: limitMs },
  async () => {
    const instance = planTestInstance(await environment.image("events", "1.0.0"), 1);
    await bringUp(connection, instance);

    const flags = await connection.runtime.probe(instance.id, "/memory");
    const user = JSON.parse((await connection.runtime.probe(instance.id, "/user"))?.body ?? "");

    expect(flags?.body).toContain("--max-old-space-size=48");
    expect(user.uid).toBe(process.getuid?.() === 0 ? 65_532 : process.getuid?.());
    expect(Object.keys(user.env).toSorted()).toEqual(
      expect.arrayContaining([
        "HOST",
        "IMAGE_DIGEST",
        "INSTANCE",
        "MODE",
        "PATH",
        "PORT",
        "SERVICE_NAME",
        "SERVICE_VERSION",
        "SLIPWAY_OWNER",
      ]),
    );
    expect(user.env).not.toHaveProperty("VITEST");
    expect(user.env).not.toHaveProperty("HOME");
  },
);

test("lets a service read its own files only", { timeout: limitMs }, async () => {
  const instance = planTestInstance(await environment.image("events", "1.0.0"), 1);
  await bringUp(connection, instance);

  const answers = await Promise.all(
    ["/app/main.js", "/etc/passwd"].map(
      async (path) => await connection.runtime.probe(instance.id, `/read?path=${path}`),
    ),
  );

  expect(answers.map((answer) => answer?.body)).toEqual(['"read"', '"ERR_ACCESS_DENIED"']);
});

test("says who holds a busy port", { timeout: limitMs }, async () => {
  const holder = createServer();
  const port = await new Promise<number>((resolve) => {
    holder.listen(0, "127.0.0.1", () =>
      resolve(Number(new URL(`http://${addressOf(holder)}`).port)),
    );
  });
  const other = await createTestEnvironment({ port, fallback: "fail" });

  await expect(other.connect()).rejects.toMatchObject({
    code: "PORT_BUSY",
    message: expect.stringMatching(
      new RegExp(`^Port ${port} is taken by .+ \\(pid ${process.pid}\\), so`),
    ),
  });
  holder.close();
  await other.remove();
});

test("takes the next free port and keeps it", { timeout: limitMs }, async () => {
  const taken = Number(new URL(connection.gateway.publicUrl()).port);
  const other = await createTestEnvironment({ port: taken, fallback: "next free" });

  const url = (await other.connect()).gateway.publicUrl();

  expect(Number(new URL(url).port)).toBeGreaterThan(taken);
  expect((await fetchProbe(`${url}/.well-known/release-set`))?.status).toBe(404);
  await other.remove();
});

async function startInTraffic(version: string) {
  const instance = planTestInstance(await environment.image("events", version), 1);
  await swap(connection, { from: null, to: instance });
  return instance;
}

/** Crashes the service, and gives how long it took until it had been started that often. */
async function crashUntil(restarts: number): Promise<number> {
  const startedMs = performance.now();
  await until(async () => (await connection.gateway.probe("/api/events/"))?.status === 200);
  await connection.gateway.probe("/api/events/crash");
  await until(async () => (await connection.runtime.list())[0]?.restarts === restarts);
  return performance.now() - startedMs;
}

function planTask(
  image: { service: string; version: string; digest: string },
  command: string,
): TaskSpec {
  return {
    ...image,
    id: `${image.service}-${command}`,
    args: [command],
    env: {},
    secrets: [],
    timeoutMs: 20_000,
  };
}

function addressOf(server: ReturnType<typeof createServer>): string {
  const address = server.address();
  return typeof address === "object" && address !== null ? `127.0.0.1:${address.port}` : "";
}
