import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";

import { expect, test, vi } from "vitest";

import { createDeployWorkspace } from "../fixtures/deploy-workspace.ts";

// Whole processes on a busy machine; each test has an environment of its own.
vi.setConfig({ testTimeout: 120_000 });

test("goes back to a warm version without a start, also while the environment is frozen", async () => {
  const workspace = await createDeployWorkspace({ keepWarmMinutes: 10 });
  await workspace.slipway("deploy");
  await workspace.editService("hello", '"first"', '"second"');
  const { stdout: address } = await workspace.slipway("deploy");
  const frozen = await workspace.slipway("freeze", "--reason=Agora");
  await workspace.editService("world", '"first"', '"second"');
  const refused = await workspace.slipway("deploy");
  const { records } = await readLedger(workspace.stateFolder);

  const back = await workspace.slipway("rollback", "--json");
  const after = await readLedger(workspace.stateFolder);
  const kinds = JSON.stringify(after.records.slice(records.length));

  expect([frozen.exitCode, refused.exitCode, back.exitCode]).toEqual([0, 13, 0]);
  expect(refused.stderr).toContain("has frozen it since");
  expect(kinds).not.toContain('"kind":"start"');
  expect(await (await fetch(`${address}/api/hello/`)).text()).toContain('"first"');
  process.stdout.write(
    `Warm rollback: ${JSON.parse(back.stdout.split("\n").at(-1) ?? "").durationMs} ms\n`,
  );
});

test("begins above the epoch that the daemon remembers when the lock's file is lost", async () => {
  const workspace = await createDeployWorkspace();
  await workspace.slipway("deploy");
  await workspace.editService("hello", '"first"', '"second"');
  await workspace.slipway("deploy");
  await writeFile(path.join(workspace.stateFolder, "lease.json"), "");
  await workspace.editService("hello", '"second"', '"third"');

  const { exitCode } = await workspace.slipway("deploy");

  expect(exitCode).toBe(0);
  const lease = await readFile(path.join(workspace.stateFolder, "lease.json"), "utf8");
  expect(JSON.parse(lease).epoch).toBe(3);
});

test("keeps a secret on the host alone, and hands it on with the next deployment", async () => {
  const workspace = await createDeployWorkspace();
  await workspace.slipway("deploy");
  const file = path.join(workspace.folder, "value.txt");
  await writeFile(file, "correct-horse\n");

  const set = await workspace.slipway("secrets", "set", "hello/API_KEY", `--file=${file}`);
  const listed = await workspace.slipway("secrets", "list");
  const deployed = await workspace.slipway("deploy", "--json");
  const { text } = await readLedger(workspace.stateFolder);

  expect([set.exitCode, listed.stdout]).toEqual([0, "hello/API_KEY"]);
  expect(deployed.stdout).toContain('"name":"hello","action":"restart"');
  expect(deployed.stdout).toContain('"name":"world","action":"keep"');
  expect(JSON.stringify([set, listed, deployed, text])).not.toContain("correct-horse");
});

async function readLedger(stateFolder: string) {
  const text = await readFile(path.join(stateFolder, "ledger.jsonl"), "utf8");
  return { text, records: text.trim().split("\n") };
}
