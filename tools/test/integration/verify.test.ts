import { readFile } from "node:fs/promises";
import path from "node:path";

import { expect, test, vi } from "vitest";

import { createDeployWorkspace } from "../fixtures/deploy-workspace.ts";

// Whole processes on a busy machine.
vi.setConfig({ testTimeout: 120_000 });

test("verifies what runs in real processes, and takes it back when a service is not ready", async () => {
  const workspace = await createDeployWorkspace();
  const stopped = await workspace.slipway("verify");
  await workspace.editService("hello", "const isReady", "let isReady");
  const broken = 'request.resume();\n  if (pathname === "/break") isReady = false;';
  await workspace.editService("hello", "request.resume();", broken);
  const { stdout: address } = await workspace.slipway("deploy");

  const passed = await workspace.slipway("verify");
  await fetch(`${address}/api/hello/break`);
  const failed = await workspace.slipway("verify", "--json");
  const status = await workspace.slipway("status");

  expect([stopped.exitCode, passed.exitCode, failed.exitCode]).toEqual([1, 0, 1]);
  expect(passed.stdout).toContain("5 of 5 checks passed.");
  expect(JSON.parse(failed.stdout)).toMatchObject({ isPassed: false, isRecorded: true });
  expect(failed.stdout).toContain("it is not ready: status 503");
  expect(status.stdout).toContain("Its tests failed on");
  const ledger = await readFile(path.join(workspace.stateFolder, "ledger.jsonl"), "utf8");
  expect(ledger.match(/"event":"set-verified"/g)).toHaveLength(2);
  process.stdout.write(`${passed.stdout}\n`);
});
