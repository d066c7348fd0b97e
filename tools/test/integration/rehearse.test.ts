import { chmod, readdir } from "node:fs/promises";
import path from "node:path";

import { execa } from "execa";
import { describe, expect, onTestFinished, test } from "vitest";

import { findProcessesByEnvironment } from "../../src/daemon/process-identity.ts";
import { until } from "../environment/until.ts";
import { type DeployWorkspace, openDeployWorkspace } from "../fixtures/open-deploy-workspace.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";

const slipway = path.resolve(import.meta.dirname, "../../bin/slipway.js");
const limitMs = 120_000;
const settings = `name: ci
driver: process
source: working-tree
testData: false
throwAway: true
gateway: { port: 28180, fallback: next free }
policy: { confirm: none, readinessSeconds: 10, soakSeconds: 0, keepWarmMinutes: 0 }
`;
const migration = { "services/hello/migrations/0002_second.sql": "-- kind: expand\nSELECT 2;\n" };

/** Two services in a git repository, with everything committed. */
async function createRepository(): Promise<DeployWorkspace> {
  const workspace = await openDeployWorkspace({ database: true });
  const { folder } = workspace;
  onTestFinished(workspace.remove, limitMs);
  await writeFiles(folder, {
    "tools/environments/ci.yaml": settings,
    ".gitignore": "node_modules\ndist\n.slipway\n",
  });
  const run = (command: string, ...args: readonly string[]) =>
    execa(command, args, { cwd: folder });
  await run("npm", "install", "--package-lock-only", "--offline", "--no-audit");
  await run("git", "init", "--quiet", "--initial-branch=master");
  await run("git", "add", "--all");
  const who = ["-c", "user.name=Ada", "-c", "user.email=ada@example.org"];
  await run("git", ...who, "commit", "--quiet", "--message=Begin");
  return workspace;
}

/** With temporary files in a folder of their own, which must be empty in the end, as the list of processes must be. */
async function rehearse({ folder }: DeployWorkspace) {
  const temporary = await createTestFolder("rehearse-");
  await chmod(temporary, 0o777);
  const mark = `TMPDIR=${temporary}`;
  const argv = [slipway, "rehearse", "--env=ci", "--base=HEAD", "--json"];
  const options = { cwd: folder, reject: false, env: { TMPDIR: temporary } } as const;
  const running = execa(process.execPath, argv, options);
  // The command, the environment's daemon and what that runs.
  const started = until(async () => findProcessesByEnvironment(mark).length > 2, limitMs);
  await Promise.race([started, running]);
  const { exitCode, stdout } = await running;
  await started;

  expect(findProcessesByEnvironment(mark)).toEqual([]);
  const left = await readdir(temporary);
  expect(left.filter((name) => name.startsWith("slipway-"))).toEqual([]);
  const document: object = JSON.parse(stdout.trim().split("\n").at(-1) ?? "{}");
  return { exitCode, document };
}

describe("a rehearsal", { timeout: limitMs }, () => {
  test("rolls out what changed, with its migration, and takes it back", async () => {
    const workspace = await createRepository();
    await writeFiles(workspace.folder, migration);
    await workspace.changeService("hello");

    const { exitCode, document } = await rehearse(workspace);

    const pair = { consumer: "world", consumerAge: "unchanged", provider: "hello" };
    expect(document).toMatchObject({
      failure: null,
      changed: ["hello"],
      migrations: { hello: { from: 2, to: 2 } },
      pairs: [
        { ...pair, providerAge: "old" },
        { ...pair, providerAge: "new" },
      ],
    });
    expect(exitCode).toBe(0);
  });

  test("names the migration that fails, and leaves nothing running", async () => {
    const workspace = await createRepository();
    await writeFiles(workspace.folder, migration);
    await workspace.editService(
      "hello",
      'if (process.argv[2] === "migrate") process.exit(0);',
      'if (process.argv[2] === "migrate") { console.error("no such column"); process.exit(1); }',
    );

    const { exitCode, document } = await rehearse(workspace);

    const fault = expect.stringContaining("no such column");
    expect(document).toMatchObject({
      failure: { after: { kind: "migrate", service: "hello" }, checks: [{ fault }] },
    });
    expect(exitCode).toBe(1);
  });

  test("refuses an environment that is not to be thrown away", async () => {
    const workspace = await createRepository();

    const { exitCode, stderr } = await workspace.slipway("rehearse");

    expect(exitCode).toBe(2);
    expect(stderr).toContain("local is no environment to throw away.");
  });
});
