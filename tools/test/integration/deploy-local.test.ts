import { expect, test, vi } from "vitest";

import { isRunning } from "../../src/daemon/process-identity.ts";
import { findDaemon } from "../environment/find-daemon.ts";
import { createDeployWorkspace } from "../fixtures/deploy-workspace.ts";
import { listDescendants } from "../fixtures/list-descendants.ts";
import { startLoad } from "../load/start-load.ts";

// Whole processes on a busy machine; each test has an environment of its own.
vi.setConfig({ testTimeout: 90_000 });

async function readText(address: string, service: string): Promise<string> {
  const response = await fetch(`${address}/api/${service}/`);
  const { data } = JSON.parse(await response.text());
  return String(data.text);
}

/** The last document of a command that printed JSON; its duration is shown, and judged by the benchmarks only. */
function readResult(title: string, stdout: string): Record<string, unknown> {
  const result = JSON.parse(stdout.slice(stdout.lastIndexOf("\n") + 1));
  process.stdout.write(`${title}: ${result.durationMs} ms\n`);
  return result;
}

test("builds, deploys and then has nothing to do", async () => {
  const workspace = await createDeployWorkspace();

  const first = await workspace.slipway("deploy", "--env=local");
  const second = await workspace.slipway("deploy", "--env=local");
  const third = await workspace.slipway("deploy", "--env=local", "--json");

  expect(first).toMatchObject({ exitCode: 0, stdout: second.stdout });
  expect(await readText(first.stdout, "world")).toBe("first");
  expect(second.stderr).toBe("No change: local runs all 2 services as wanted.");
  expect(readResult("Deployment without a change", third.stdout)).toMatchObject({
    outcome: "no change",
    durationMs: expect.any(Number),
  });
});

test("swaps one changed service under load without losing a request, and goes back", async () => {
  const workspace = await createDeployWorkspace();
  const { stdout: address } = await workspace.slipway("deploy");
  const load = startLoad({ url: `${address}/api/hello`, webSockets: 0, longMs: 400 });
  await vi.waitUntil(() => load.sent() > 100, { timeout: 10_000 });

  await workspace.editService("hello", '"first"', '"second"');
  const deployed = await workspace.slipway("deploy", "--json");
  const textAfterDeploy = await readText(address, "hello");
  const back = await workspace.slipway("rollback", "--service=hello", "--json");
  const report = await load.stop();

  expect(report).toMatchObject({ short: { failed: 0 }, long: { failed: 0 }, failures: [] });
  expect(report.short.sent).toBeGreaterThan(200);
  expect(deployed.stdout).toContain('"name":"world","action":"keep"');
  expect([textAfterDeploy, back.exitCode]).toEqual(["second", 0]);
  expect(readResult("Rollback under load", back.stdout)).toMatchObject({
    outcome: "committed",
    durationMs: expect.any(Number),
  });
  expect(await readText(address, "hello")).toBe("first");
});

test.each([
  {
    how: "ends at start",
    from: 'console.log("listening")',
    to: '{ console.log("Port is taken"); process.exit(3); }',
    code: "INSTANCE_EXITED",
    proof: ["hello@1.0.0 ended by itself with exit code 3.", "| Port is taken"],
  },
  {
    how: "lacks configuration",
    from: "const isReady = true;",
    to: `const isReady = true;
if (process.env.COFFEE === undefined) {
  console.error("This service has no setting COFFEE and ends.");
  process.exit(78);
}`,
    code: "INSTANCE_EXITED",
    proof: [
      "hello@1.0.0 ended by itself with exit code 78.",
      "| This service has no setting COFFEE and ends.",
    ],
  },
  {
    how: "never gets ready",
    from: "isReady = true",
    to: "isReady = false",
    code: "READINESS_TIMEOUT",
    proof: [
      "hello@1.0.0 did not become ready within 5 s.",
      'GET /readiness: 503 {"success":false,',
      "| listening",
    ],
  },
])("keeps the old version when the new one $how", async ({ from, to, code, proof }) => {
  const workspace = await createDeployWorkspace();
  const { stdout: address } = await workspace.slipway("deploy");
  const load = startLoad({ url: `${address}/api/hello`, webSockets: 0, longRequests: 0 });
  await workspace.editService("hello", '"first"', '"second"');
  await workspace.editService("hello", from, to);

  const failed = await workspace.slipway("deploy");
  const report = await load.stop();

  expect(failed).toMatchObject({ exitCode: 14, stdout: "" });
  expect([...proof, `[${code}]`].filter((text) => !failed.stderr.includes(text))).toEqual([]);
  expect(report).toMatchObject({ short: { failed: 0 }, failures: [] });
  expect(report.short.sent).toBeGreaterThan(0);
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
  const workspace = await createDeployWorkspace({ database: true });
  await workspace.slipway("deploy");
  const running = await workspace.slipway("status", "--json");
  const services: { pid: number }[] = JSON.parse(running.stdout).services;
  const daemon = findDaemon(workspace.stateFolder);
  const all = listDescendants(daemon);

  const stopped = await workspace.slipway("stop");

  expect(stopped.stdout).toBe("local stopped");
  expect(services).toHaveLength(2);
  expect(all.map(({ pid }) => pid)).toEqual(
    expect.arrayContaining([daemon, ...services.map(({ pid }) => pid)]),
  );
  expect(all.map(({ name }) => name)).toContain("postgres");
  expect(all.filter((one) => isRunning(one))).toEqual([]);
});
