import { mkdir, rm } from "node:fs/promises";

import { afterEach, expect, test } from "vitest";

import { createControlClient } from "../../src/daemon/control-client.ts";
import { launchDaemon } from "../../src/daemon/launch-daemon.ts";
import {
  isRunning,
  type ProcessIdentity,
  readIdentity,
} from "../../src/daemon/process-identity.ts";
import type { Hello } from "../../src/daemon/protocol.ts";
import { createEdgeGateway } from "../../src/gateways/edge-gateway.ts";
import { connectProcessEnvironment } from "../../src/runtimes/connect-process-environment.ts";
import { createProcessRuntime } from "../../src/runtimes/process-runtime.ts";
import { startLoad } from "../load/start-load.ts";
import { findDaemon } from "./find-daemon.ts";
import {
  createTestEnvironment,
  planTestInstance,
  swap,
  type TestEnvironment,
  until,
} from "./test-environment.ts";

const limitMs = 60_000;
let environment: TestEnvironment;

afterEach(async () => await environment.remove(), limitMs);

test(
  "answers nothing when nothing runs and nothing may be started",
  { timeout: limitMs },
  async () => {
    environment = await createTestEnvironment();

    expect(
      await connectProcessEnvironment({ ...environment.options, startIfMissing: false }),
    ).toBeNull();
  },
);

test("ends its services when it is told to end by a signal", { timeout: limitMs }, async () => {
  environment = await createTestEnvironment();
  await startService();
  const daemon = readIdentity(findDaemon(environment.options.stateFolder));

  process.kill(daemon?.pid ?? 0, "SIGTERM");

  await until(() => daemon !== null && !isRunning(daemon));
  expect(environment.processes()).toEqual([]);
});

test("ends its services when its folder is deleted", { timeout: limitMs }, async () => {
  environment = await createTestEnvironment();
  await startService();
  const daemon = readIdentity(findDaemon(environment.options.stateFolder));

  await rm(environment.options.stateFolder, { recursive: true });

  await until(() => daemon !== null && !isRunning(daemon));
  expect(environment.processes()).toEqual([]);
});

test(
  "replaces a daemon of another version without losing a request",
  { timeout: limitMs },
  async () => {
    environment = await createTestEnvironment();
    const before = await launchOldDaemon();
    const old = identify(before);
    const load = startLoad({ url: `${before.publicUrl}/api/events`, longMs: 700, webSockets: 0 });
    await until(() => load.sent() > 100);

    const connection = await environment.connect();

    const [first] = await connection.platform.describe();
    await until(() => !isRunning(old));
    const report = await load.stop();
    expect(first).not.toContain("Slipway 0.0.1");
    expect(connection.gateway.publicUrl()).toBe(before.publicUrl);
    expect(report.failures).toEqual([]);
    expect((await connection.runtime.list()).map(({ state }) => state)).toEqual(["running"]);
    process.stdout.write(`daemon replaced: ${JSON.stringify(report)}\n`);
  },
);

test(
  "finds its socket from a state folder whose path is too long for one",
  { timeout: limitMs },
  async () => {
    environment = await createTestEnvironment({ port: 0, fallback: "fail" }, "deep/".repeat(30));
    await mkdir(environment.options.stateFolder, { recursive: true });

    const connection = await startService();

    expect(environment.paths.socket.startsWith("/tmp/slipway-")).toBe(true);
    expect((await connection.gateway.probe("/api/events/"))?.status).toBe(200);
  },
);

test("announces the set that should be running", { timeout: limitMs }, async () => {
  environment = await createTestEnvironment();
  const connection = await environment.connect();

  await connection.gateway.announce({ id: "set-1" });

  expect((await connection.gateway.probe("/.well-known/release-set"))?.body).toBe('{"id":"set-1"}');
});

test("forgets images that nothing needs, but none that runs", { timeout: limitMs }, async () => {
  environment = await createTestEnvironment();
  const connection = await startService();
  const [kept, gone] = [
    await environment.image("core", "1.0.0"),
    await environment.image("core", "2.0.0"),
  ];
  await Promise.all([connection.runtime.prepare(kept), connection.runtime.prepare(gone)]);
  await environment.dropImage(gone);

  await connection.runtime.prune(new Set([kept.digest]));

  await expect(connection.runtime.prepare(gone)).rejects.toMatchObject({ code: "IMAGE_MISSING" });
  await connection.runtime.prepare(kept);
  expect((await connection.gateway.probe("/api/events/"))?.status).toBe(200);
});

async function startService() {
  const connection = await environment.connect();
  await connection.gateway.ensure("events", [{ path: "/api/events", strip: true }]);
  const image = await environment.image("events", "1.0.0");
  await swap(connection, { from: null, to: planTestInstance(image, 1) });
  return connection;
}

/** With a service in traffic. */
async function launchOldDaemon(): Promise<Hello> {
  const { stateFolder, environment: facts } = environment.options;
  await launchDaemon(
    { stateFolder, environment: facts, toolVersion: "0.0.1", awaitLockMs: 0 },
    { nodePath: process.execPath, env: { PATH: "/usr/bin:/bin" } },
  );
  const client = createControlClient(environment.paths.socket);
  const hello = await client.call("hello", null);
  const { registry } = environment;
  const runtime = createProcessRuntime({ client, hello, registry, logs: environment.paths.logs });
  const gateway = createEdgeGateway(client, hello);
  await gateway.ensure("events", [{ path: "/api/events", strip: true }]);
  const instance = planTestInstance(await environment.image("events", "1.0.0"), 1);
  await swap({ runtime, gateway }, { from: null, to: instance });
  client.close();
  return hello;
}

function identify({ pid }: Hello): ProcessIdentity {
  const identity = readIdentity(pid);
  if (identity === null) throw new Error("The daemon has ended by itself.");
  return identity;
}
