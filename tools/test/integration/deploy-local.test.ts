import { expect, test, vi } from "vitest";

import { createDeployWorkspace } from "../fixtures/deploy-workspace.ts";
import { startLoad } from "../load/start-load.ts";

// Whole processes on a busy machine; each test has an environment of its own.
vi.setConfig({ testTimeout: 90_000 });

async function readText(address: string, service: string): Promise<string> {
  const response = await fetch(`${address}/api/${service}/`);
  const { data } = JSON.parse(await response.text());
  return String(data.text);
}

test("builds, deploys and then has nothing to do", async () => {
  const workspace = await createDeployWorkspace();

  const first = await workspace.slipway("deploy", "--env=local");
  const second = await workspace.slipway("deploy", "--env=local");

  expect(first).toMatchObject({ exitCode: 0, stdout: second.stdout });
  expect(await readText(first.stdout, "world")).toBe("first");
  expect(second.stderr).toBe("No change: local runs all 2 services as wanted.");
});

test("swaps one changed service under load without losing a request, and goes back", async () => {
  const workspace = await createDeployWorkspace();
  const { stdout: address } = await workspace.slipway("deploy");
  const load = startLoad({ url: `${address}/api/hello`, webSockets: 0, longMs: 400 });
  await vi.waitUntil(() => load.sent() > 100, { timeout: 10_000 });

  await workspace.editService("hello", '"first"', '"second"');
  const deployed = await workspace.slipway("deploy", "--json");
  const textAfterDeploy = await readText(address, "hello");
  const back = await workspace.slipway("rollback", "--service=hello", "--reason=worse");
  const report = await load.stop();

  expect(report).toMatchObject({ short: { failed: 0 }, long: { failed: 0 }, failures: [] });
  expect(report.short.sent).toBeGreaterThan(200);
  expect(deployed.stdout).toContain('"name":"world","action":"keep"');
  expect([textAfterDeploy, back.exitCode]).toEqual(["second", 0]);
  expect(await readText(address, "hello")).toBe("first");
});

test.each([
  {
    how: "ends at start",
    from: 'console.log("listening")',
    to: "process.exit(3)",
    code: "INSTANCE_EXITED",
  },
  {
    how: "never gets ready",
    from: "isReady = true",
    to: "isReady = false",
    code: "READINESS_TIMEOUT",
  },
])("keeps the old version when the new one $how", async ({ from, to, code }) => {
  const workspace = await createDeployWorkspace();
  const { stdout: address } = await workspace.slipway("deploy");
  const load = startLoad({ url: `${address}/api/hello`, webSockets: 0, longRequests: 0 });
  await workspace.editService("hello", '"first"', '"second"');
  await workspace.editService("hello", from, to);

  const failed = await workspace.slipway("deploy");
  const report = await load.stop();

  expect(failed.exitCode).toBe(14);
  expect(failed.stderr).toContain(`[${code}]`);
  expect(report.short.failed).toBe(0);
  expect(await readText(address, "hello")).toBe("first");
});

/** Records of a deployment of both services: opened, prepared, started, shifted, past its point of no return. */
test.each([1, 6, 11, 17, 22])(
  "killed with -9 after record %i of a deployment: nobody notices, the next command converges",
  async (point) => {
    const workspace = await createDeployWorkspace();
    const { stdout: address } = await workspace.slipway("deploy");
    await workspace.editService("hello", '"first"', '"second"');
    await workspace.editService("world", '"first"', '"second"');
    const before = await workspace.countRecords();
    const load = startLoad({ url: `${address}/api/hello`, webSockets: 0, longRequests: 0 });

    const victim = workspace.startSlipway("deploy");
    await vi.waitUntil(async () => (await workspace.countRecords()) >= before + point, {
      timeout: 20_000,
      interval: 2,
    });
    victim.kill("SIGKILL");
    await victim;
    const next = await workspace.slipway("deploy");
    const status = await workspace.slipway("status", "--json");
    const report = await load.stop();

    expect(next.exitCode).toBe(0);
    expect(report.short.failed).toBe(0);
    expect([await readText(address, "hello"), await readText(address, "world")]).toEqual([
      "second",
      "second",
    ]);
    expect(JSON.parse(status.stdout)).toMatchObject({
      openRun: null,
      lock: null,
      services: [
        { health: "healthy", drift: null },
        { health: "healthy", drift: null },
      ],
    });
  },
);

test("a killed run that was stopped since is settled by the next deployment", async () => {
  const workspace = await createDeployWorkspace();
  const { stdout: address } = await workspace.slipway("deploy");
  await workspace.editService("hello", '"first"', '"second"');
  const before = await workspace.countRecords();
  const victim = workspace.startSlipway("deploy");
  await vi.waitUntil(async () => (await workspace.countRecords()) >= before + 9, {
    timeout: 20_000,
    interval: 2,
  });
  victim.kill("SIGKILL");
  await victim;

  const stopped = await workspace.slipway("stop");
  const next = await workspace.slipway("deploy");

  expect([stopped.exitCode, next.exitCode]).toEqual([0, 0]);
  expect(next.stderr).toContain("ended half-way");
  expect(await readText(address, "hello")).toBe("second");
});

test("of two operators at once exactly one deploys", async () => {
  const workspace = await createDeployWorkspace();

  const results = await Promise.all([workspace.slipway("deploy"), workspace.slipway("deploy")]);

  expect(results.map(({ exitCode }) => String(exitCode)).toSorted()).toEqual(["0", "12"]);
});

test("undoes what it began when Ctrl-C is pressed", async () => {
  const workspace = await createDeployWorkspace();
  const { stdout: address } = await workspace.slipway("deploy");
  await workspace.editService("hello", "isReady = true", "isReady = false");
  const before = await workspace.countRecords();

  const deploying = workspace.startSlipway("deploy");
  await vi.waitUntil(async () => (await workspace.countRecords()) >= before + 5, {
    timeout: 20_000,
    interval: 5,
  });
  deploying.kill("SIGINT");
  const { exitCode, stderr } = await deploying;

  expect(exitCode).toBe(130);
  expect(stderr).toContain("Nothing changed for users");
  expect(await readText(address, "hello")).toBe("first");
});

test("leaves no process behind when it is stopped", async () => {
  const workspace = await createDeployWorkspace();
  await workspace.slipway("deploy");
  const running = await workspace.slipway("status", "--json");

  const stopped = await workspace.slipway("stop");

  const pids: { pid: number }[] = JSON.parse(running.stdout).services;
  expect(stopped.stdout).toBe("local stopped");
  expect(pids).toHaveLength(2);
  expect(() => process.kill(pids[0]?.pid ?? 0, 0)).toThrow("ESRCH");
});
