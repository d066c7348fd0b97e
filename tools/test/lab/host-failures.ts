import { appendFile, readFile } from "node:fs/promises";

import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";

import { until } from "../environment/until.ts";
import { runDocker } from "../fixtures/lab-host.ts";
import { leaveOut } from "../fixtures/require-program.ts";
import { createTestFolder, writeFiles } from "../fixtures/test-folder.ts";
import { labAdvice } from "./lab-environment.ts";
import {
  createHostsWorkspace,
  hasHosts,
  type LastingWorkspace,
  runInHost,
  setLink,
} from "./open-hosts-workspace.ts";

const limitMs = 120_000;
const host = "c";
const isThere = await hasHosts(host);
let workspace: LastingWorkspace;

function requireHost(context: TestContext): void {
  if (!isThere) leaveOut(context, labAdvice);
}

async function readDigest(): Promise<string> {
  const url = `${workspace.doorOf(host)}/api/hello/healthcheck`;
  const answer = await fetch(url, { signal: AbortSignal.timeout(2000) }).catch(() => null);
  const digest = /"image_digest":"(?<digest>[^"]+)"/u.exec((await answer?.text()) ?? "");
  return digest?.groups?.["digest"] ?? `status ${answer?.status ?? "none"}`;
}

/** A deployment whose new version has taken over and is being watched. */
async function startSoaking() {
  const before = await readDigest();
  await workspace.editSettings((settings) => setSoak(settings, 15));
  await workspace.changeService("hello");
  const running = workspace.startSlipway("deploy");
  await until(async () => ![before, "status none"].includes(await readDigest()), 30_000);
  await workspace.editSettings((settings) => setSoak(settings, 0));
  return { running, fresh: await readDigest() };
}

/** Tests of an environment on one host, which ends them as it began: running, in sync, reachable. */
export function describeHostFailures(): void {
  beforeAll(async () => {
    if (!isThere) return;
    workspace = await createHostsWorkspace([host], { services: ["hello"] });
    const { exitCode, stderr } = await workspace.slipway("deploy");
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  }, limitMs);

  afterAll(async () => {
    if (!isThere) return;
    await setLink(host, "up");
    await workspace.remove();
  }, limitMs);

  test("an engine that starts anew during a run is waited for, and the exit code says who serves", async (context) => {
    requireHost(context);
    const before = await readDigest();
    const { running, fresh } = await startSoaking();

    await runInHost(host, "sh", "-c", "kill $(cat /run/docker.pid)");
    const { exitCode = -1 } = await running;

    // Whether the new version is seen ending is a matter of moments.
    const serving = new Map([
      [0, fresh],
      [10, before],
    ]).get(exitCode);
    expect(serving).toBeDefined();
    await until(async () => (await readDigest()) === serving, 20_000);
    expect((await workspace.slipway("status")).stdout).not.toContain("drifted");
  });

  test("what a crashed engine has left ended is brought back by reconcile", async (context) => {
    requireHost(context);
    const before = await readDigest();

    await runInHost(host, "sh", "-c", "kill -9 $(cat /run/docker.pid)");
    await until(async () => (await readDigest()) === "status none", 20_000);
    const reconciled = await workspace.slipway("reconcile");

    expect([reconciled.exitCode, reconciled.stderr]).toEqual([0, expect.any(String)]);
    expect(await readDigest()).toBe(before);
  });

  test("a host that goes away with its ledger leaves the run open, and a later command ends it", async (context) => {
    requireHost(context);
    const before = await readDigest();
    const { running } = await startSoaking();

    await setLink(host, "down");
    const { exitCode } = await running;
    await setLink(host, "up");

    expect(exitCode).toBe(11);
    expect((await workspace.slipway("revert")).exitCode).toBe(0);
    expect(await readDigest()).toBe(before);
  });

  test("a ledger that was cut off in the middle of a record goes on after the last whole one", async (context) => {
    requireHost(context);
    const file = workspace.fileOf(host, "ledger.jsonl");
    const before = await readFile(file, "utf8");
    await appendFile(file, '{"event":"run-opened","data":{"pl');

    const frozen = await workspace.slipway("freeze", "--reason=a cut off record");
    const thawed = await workspace.slipway("unfreeze", "--reason=it is whole again");

    expect([frozen.exitCode, thawed.exitCode]).toEqual([0, 0]);
    const after = await readFile(file, "utf8");
    expect(after.startsWith(`${before}{"event":"ledger-repaired"`)).toBe(true);
  });

  test("an operator whose clock has jumped changes nothing", async (context) => {
    requireHost(context);
    const before = await readFile(workspace.fileOf(host, "ledger.jsonl"), "utf8");
    const folder = await createTestFolder("clock-");
    const jump = "const now = Date.now; Date.now = () => now() + 3_600_000;";
    const dates =
      "const Then = Date; globalThis.Date = class extends Then { constructor(...a) { if (a.length > 0) super(...a); else super(Then.now()); } };";
    await writeFiles(folder, { "jump.mjs": `${jump}\n${dates}\n` });
    await workspace.changeService("hello");

    const env = { NODE_OPTIONS: `--import=${folder}/jump.mjs` };
    const { exitCode, stderr } = await workspace.startSlipwayWith({ env }, "deploy");

    expect(stderr).toContain("The clock of c is -3600 s ahead of this one.");
    expect(exitCode).toBe(14);
    expect(await readFile(workspace.fileOf(host, "ledger.jsonl"), "utf8")).toBe(before);
  });

  test("a disk without room is found before anything is touched", async (context) => {
    requireHost(context);
    const before = await readDigest();
    await workspace.changeService("hello");
    const ledger = await readFile(workspace.fileOf(host, "ledger.jsonl"), "utf8");
    const folder = `/var/lib/slipway/${workspace.environment}`;
    await runInHost(host, "sh", "-c", coverScript, "sh", folder);

    const { exitCode, stderr } = await workspace.slipway("deploy");
    const after = await runInHost(host, "cat", `${folder}/ledger.jsonl`);
    await runInHost(host, "umount", "-R", folder, "/mnt");

    expect(stderr).toContain("MB of disk left, expected 500.");
    expect(exitCode).toBe(14);
    expect(`${after}\n`).toBe(ledger);
    expect(await readDigest()).toBe(before);
  });

  test("a gateway that is killed comes back with the same routes", async (context) => {
    requireHost(context);
    const before = await readDigest();
    const name = `slipway-${workspace.environment}-gateway`;
    const master = await runDocker(host, "top", name, "-eo", "pid,ppid,args");
    await runInHost(host, "kill", "-9", findMaster(master));
    const killedMs = Date.now();
    await until(async () => (await readDigest()) === before, 10_000);

    // Measured from outside, on a busy machine; 150 ms is the bar.
    expect(Date.now() - killedMs).toBeLessThan(1000);
    expect((await workspace.slipway("deploy", "--dry-run")).exitCode).toBe(0);
  });
}

/** Process of HAProxy whose parent is no HAProxy. */
function findMaster(table: string): string {
  const rows = table.split("\n").map((line) => line.trim().split(/\s+/u));
  const all = rows.filter(([, , program]) => program === "haproxy");
  const pids = new Set(all.map(([pid]) => pid));
  return all.find(([, parent]) => !pids.has(parent))?.[0] ?? "none";
}

/** Puts a small disk in front of a folder, with what is there on it; the gateway's sockets stay the same. */
const coverScript = [
  'mount --bind "$1" /mnt && mount -t tmpfs -o size=100m tmpfs "$1"',
  'cd /mnt && for one in *; do [ "$one" = gateway ] || cp -a "$one" "$1/"; done',
  'mkdir "$1/gateway" && mount --bind /mnt/gateway "$1/gateway"',
].join(" && ");

function setSoak(settings: Record<string, unknown>, soakSeconds: number): void {
  settings["policy"] = { ...Object(settings["policy"]), soakSeconds };
}
