import { writeFile } from "node:fs/promises";
import { join } from "node:path";

import { afterEach, beforeEach, expect, test } from "vitest";

import toolPackage from "../../package.json" with { type: "json" };
import { launchDaemon } from "../../src/daemon/launch-daemon.ts";
import { isRunning, readIdentity } from "../../src/daemon/process-identity.ts";
import type { EnvironmentConnection } from "../../src/hosts/platform.ts";
import { fetchProbe } from "../../src/runtimes/fetch-probe.ts";
import type { InstanceSpec } from "../../src/runtimes/runtime.ts";
import { findDaemon, findStandby, killDaemon } from "./find-daemon.ts";
import {
  createTestEnvironment,
  planTestInstance,
  swap,
  type TestEnvironment,
  until,
} from "./test-environment.ts";

const limitMs = 60_000;
let environment: TestEnvironment;
let connection: EnvironmentConnection;
let instance: InstanceSpec;
let publicUrl: string;
/** Makes the daemon throw where nobody catches, when it gets SIGUSR2. */
const crashOnSignal = join(import.meta.dirname, "../fixtures/crash-on-signal.js");

beforeEach(async () => {
  environment = await createTestEnvironment();
  connection = await environment.connect();
  instance = planTestInstance(await environment.image("events", "1.0.0"), 1);
  await connection.gateway.ensure("events", [{ path: "/api/events", strip: true }]);
  await swap(connection, { from: null, to: instance });
  publicUrl = `${connection.gateway.publicUrl()}/api/events/`;
}, limitMs);

afterEach(async () => await environment.remove(), limitMs);

test("routes to the same process after its daemon was killed", { timeout: limitMs }, async () => {
  const [before] = await connection.runtime.list();
  const url = connection.gateway.publicUrl();
  await killDaemon(environment.options.stateFolder);

  const next = await environment.connect();

  expect(await next.runtime.list()).toEqual([before]);
  expect(next.gateway.publicUrl()).toBe(url);
  expect((await next.gateway.probe("/api/events/"))?.status).toBe(200);
  expect(environment.processes()).toEqual([before?.pid]);
});

test("tells when a process it took over ends", { timeout: limitMs }, async () => {
  await killDaemon(environment.options.stateFolder);
  const next = await environment.connect();
  const ended = next.runtime.exited(instance.id, AbortSignal.timeout(15_000));
  // Answered after the call before it has been heard.
  await next.runtime.list();

  process.kill(environment.processes()[0] ?? 0, "SIGKILL");

  expect(await ended).toBe(-1);
  await until(async () => (await next.runtime.list())[0]?.restarts === 1);
});

test("ends processes that nobody accounts for", { timeout: limitMs }, async () => {
  const [stray] = environment.processes();
  await killDaemon(environment.options.stateFolder);
  await writeFile(environment.paths.state, '{ "version": 1, "proc');

  const next = await environment.connect();

  expect(await next.runtime.list()).toEqual([]);
  expect(environment.processes()).toEqual([]);
  expect(await next.platform.describe()).toContain(
    `Processes of this environment that nobody accounted for were ended: ${stray}.`,
  );
});

test("starts again what ended together with the daemon", { timeout: limitMs }, async () => {
  const [old = 0] = environment.processes();
  await killDaemon(environment.options.stateFolder);
  process.kill(old, "SIGKILL");

  const next = await environment.connect();

  await until(async () => (await next.gateway.probe("/api/events/"))?.status === 200);
  expect(environment.processes()).not.toContain(old);
});

test("is found by a command that only asks", { timeout: limitMs }, async () => {
  await killDaemon(environment.options.stateFolder);

  const next = await environment.connect({ startIfMissing: false });

  expect((await next.gateway.probe("/api/events/"))?.status).toBe(200);
});

test("starts one daemon when two commands come at once", { timeout: limitMs }, async () => {
  await killDaemon(environment.options.stateFolder);

  const both = await Promise.all([environment.connect(), environment.connect()]);

  const [first, second] = await Promise.all(both.map(({ platform }) => platform.describe()));
  expect(first?.[0]).toBe(second?.[0]);
  expect((await both[0].gateway.probe("/api/events/"))?.status).toBe(200);
});

test("is followed by another daemon when a bug ends it", { timeout: limitMs }, async () => {
  const { stateFolder, environment: facts } = environment.options;
  await killDaemon(environment.options.stateFolder);
  await launchDaemon(
    { stateFolder, environment: facts, toolVersion: toolPackage.version, awaitLockMs: 0 },
    { nodePath: process.execPath, env: { NODE_OPTIONS: `--import=${crashOnSignal}` } },
  );
  const [service] = environment.processes();
  const first = readIdentity(findDaemon(stateFolder));

  process.kill(first?.pid ?? 0, "SIGUSR2");

  await until(() => first !== null && !isRunning(first));
  await until(async () => (await fetchProbe(publicUrl))?.status === 200);
  expect(environment.processes()).toEqual([service]);
});

test(
  "serves again by itself when its daemon was killed, and is ready for the next time",
  { timeout: limitMs },
  async () => {
    const { stateFolder } = environment.options;
    const [service] = environment.processes();
    await until(() => findStandby(stateFolder) !== null);
    const standby = findStandby(stateFolder);
    const first = findDaemon(stateFolder);

    process.kill(first, "SIGKILL");
    const killedAt = performance.now();
    await until(async () => (await fetchProbe(publicUrl))?.status === 200);
    const gapMs = Math.round(performance.now() - killedAt);

    process.stdout.write(`Front door after kill -9 of its daemon: ${gapMs} ms\n`);
    expect(findDaemon(stateFolder)).toBe(standby);
    expect(environment.processes()).toEqual([service]);
    await until(() => findStandby(stateFolder) !== null);
  },
);
