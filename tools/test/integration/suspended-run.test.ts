import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { DatabaseSync } from "node:sqlite";
import { setTimeout as delay } from "node:timers/promises";

import { expect, test, vi } from "vitest";

import { createDeployWorkspace, type DeployWorkspace } from "../fixtures/deploy-workspace.ts";

/** Records of a deployment: right after it began, in the middle, and shortly before traffic moves. */
test.each([2, 6, 11])(
  "suspended after record %i and overtaken, a run that wakes changes nothing and says so",
  { timeout: 90_000 },
  async (point) => {
    const workspace = await createDeployWorkspace();
    const { stdout: address } = await workspace.slipway("deploy");
    await workspace.editService("hello", '"first"', '"second"');
    const before = await workspace.countRecords();
    const sleeper = workspace.startSlipway("deploy");
    await vi.waitUntil(async () => (await workspace.countRecords()) >= before + point, {
      timeout: 30_000,
      interval: 2,
    });
    await suspend(sleeper, workspace);
    await expireLease(workspace);
    await workspace.editService("hello", '"second"', '"third"');
    const successor = await workspace.slipway("deploy");
    const records = await workspace.countRecords();

    sleeper.kill("SIGCONT");
    const { exitCode, stderr } = await sleeper;

    expect(successor.exitCode).toBe(0);
    expect(successor.stderr).toContain("Taking over from a run that ended without a word");
    expect(exitCode).toBe(12);
    expect(String(stderr)).toMatch(/Another run has taken over/);
    expect(await workspace.countRecords()).toBe(records);
    expect(await (await fetch(`${address}/api/hello/`)).text()).toContain('"third"');
    const status = JSON.parse((await workspace.slipway("status", "--json")).stdout);
    expect(status).toMatchObject({
      openRun: null,
      services: [
        { health: "healthy", drift: null },
        { health: "healthy", drift: null },
      ],
    });
  },
);

/** Between two records: suspended within one it would hold the kernel's lock, and others are told to end it. */
async function suspend(
  sleeper: ReturnType<DeployWorkspace["startSlipway"]>,
  { folder }: Pick<DeployWorkspace, "folder">,
): Promise<void> {
  sleeper.kill("SIGSTOP");
  if (isFree(path.join(folder, ".slipway/local/ledger.lock"))) return;
  sleeper.kill("SIGCONT");
  await delay(2);
  await suspend(sleeper, { folder });
}

function isFree(file: string): boolean {
  const database = new DatabaseSync(file, { timeout: 20 });
  try {
    database.exec("BEGIN EXCLUSIVE");
    return true;
  } catch {
    return false;
  } finally {
    database.close();
  }
}

/** As if its 15 s were over. */
async function expireLease({ folder }: DeployWorkspace): Promise<void> {
  const file = path.join(folder, ".slipway/local/lease.json");
  const lease = JSON.parse(await readFile(file, "utf8"));
  lease.holder.expiresAt = new Date(0).toISOString();
  await writeFile(file, JSON.stringify(lease));
}
