import { readFile, rm } from "node:fs/promises";

import { afterAll, beforeAll, expect, test, type TestContext } from "vitest";

import { until } from "../environment/until.ts";
import { runDocker } from "../fixtures/lab-host.ts";
import { leaveOut } from "../fixtures/require-program.ts";
import { labAdvice } from "./lab-environment.ts";
import {
  createHostsWorkspace,
  hasHosts,
  type LastingWorkspace,
  setLink,
} from "./open-hosts-workspace.ts";

const limitMs = 120_000;
const [first, other] = ["b", "c"] as const;
const isThere = await hasHosts(first, other);
let workspace: LastingWorkspace;

function requireHosts(context: TestContext): void {
  if (!isThere) leaveOut(context, labAdvice);
}

/** What the gateway of a host leads to. */
async function readDigest(host: string): Promise<string> {
  const answer = await fetch(`${workspace.doorOf(host)}/api/hello/healthcheck`);
  const digest = /"image_digest":"(?<digest>[^"]+)"/u.exec(await answer.text());
  return digest?.groups?.["digest"] ?? `status ${answer.status}`;
}

/** Somebody else, at a machine of their own. */
const colleague = () => ({ env: { SLIPWAY_STATE: `${workspace.folder}/colleague` } });

const readLease = async () => readFile(workspace.fileOf(first, "lease.json"), "utf8");
const readLedger = async (host: string) => readFile(workspace.fileOf(host, "ledger.jsonl"), "utf8");

/** Tests of an environment on two hosts, each of which leaves it as it was: running, in sync, reachable. */
export function describeSeveralHosts(): void {
  beforeAll(async () => {
    if (!isThere) return;
    workspace = await createHostsWorkspace([first, other], { services: ["hello"], database: true });
    const { exitCode, stderr } = await workspace.slipway("deploy");
    expect([exitCode, stderr]).toEqual([0, expect.any(String)]);
  }, limitMs);

  afterAll(async () => {
    if (!isThere) return;
    await setLink(other, "up");
    await workspace.remove();
  }, limitMs);

  test("brings a change to both hosts, and lets nobody else work on it meanwhile", async (context) => {
    requireHosts(context);
    const before = await readDigest(first);
    expect(await readDigest(other)).toBe(before);
    await workspace.editSettings((settings) => setSoak(settings, 2));
    await workspace.changeService("hello");
    const running = workspace.slipway("deploy");
    await until(async () => (await readLease()).includes("deploy"), 20_000);

    const theirs = await workspace.startSlipwayWith(colleague(), "deploy");
    const { exitCode } = await running;
    await workspace.editSettings((settings) => setSoak(settings, 0));

    expect(String(theirs.stderr)).toContain('is locked: ada runs "deploy"');
    expect([exitCode, theirs.exitCode]).toEqual([0, 12]);
    const after = await readDigest(first);
    expect(after).not.toBe(before);
    expect(await readDigest(other)).toBe(after);
    expect((await workspace.slipway("deploy", "--dry-run", "--exit-code")).exitCode).toBe(0);
  });

  test("has one history for all who work on it, and a copy of it on the other host", async (context) => {
    requireHosts(context);
    const [mine, theirs] = await Promise.all([
      workspace.slipway("history", "--json"),
      workspace.startSlipwayWith(colleague(), "history", "--json"),
    ]);

    expect(JSON.parse(String(theirs.stdout))).toEqual(JSON.parse(mine.stdout));
    expect(await readLedger(other)).toBe(await readLedger(first));
  });

  test("services on the other host reach the database on the first", async (context) => {
    requireHosts(context);
    const filter = `name=slipway-${workspace.environment}-hello`;
    const container = await runDocker(other, "ps", "--quiet", "--filter", filter);

    const said = await runDocker(other, "exec", container.trim(), "node", "-e", greetDatabase);

    expect(said).toBe("S");
  });

  test("a host that is gone is found before anything is touched", async (context) => {
    requireHosts(context);
    const before = await readLedger(first);
    await setLink(other, "down");
    const startedMs = Date.now();

    const asked = workspace.slipway("status");
    const refused = await workspace.slipway("reconcile");
    const tookMs = Date.now() - startedMs;
    const status = await asked;
    await setLink(other, "up");

    expect(status.stdout).toContain("c can't be reached; of its services nothing is known.");

    expect(refused.stderr).toContain("HOST_UNREACHABLE");
    expect(refused.exitCode).toBe(14);
    // Of these 5 s are for the host; the rest is a start of the command line on a busy machine.
    expect(tookMs).toBeLessThan(8000);
    expect(await readLedger(first)).toBe(before);
  });

  test("a host that goes away during a run costs the run, not the others", async (context) => {
    requireHosts(context);
    const before = await readDigest(first);
    await workspace.editSettings((settings) => setSoak(settings, 30));
    await workspace.changeService("hello");
    const running = workspace.startSlipway("deploy");
    await until(async () => (await readDigest(other)) !== before, 30_000);

    await setLink(other, "down");
    const { exitCode, stderr } = await running;
    await setLink(other, "up");
    const status = await workspace.slipway("status");

    expect(stderr).toContain("c went away while it was worked on.");
    expect(exitCode).toBe(16);
    expect(await readDigest(first)).toBe(before);
    expect(status.stdout).toContain("c is behind since");

    await workspace.editSettings((settings) => setSoak(settings, 0));
    const caughtUp = await workspace.slipway("reconcile");

    expect(caughtUp.exitCode).toBe(0);
    expect([await readDigest(first), await readDigest(other)]).toEqual([before, before]);
    expect((await workspace.slipway("status")).stdout).not.toContain("behind");
  });

  test("a first host that lost the ledger gets it back from the other", async (context) => {
    requireHosts(context);
    const before = await readLedger(first);
    await rm(workspace.fileOf(first, "ledger.jsonl"));

    const refused = await workspace.slipway("deploy");
    const checked = await workspace.slipway("doctor");
    const restored = await workspace.slipway(
      "restore",
      "ledger",
      "--backup=c",
      "--reason=new disk",
    );

    expect([refused.exitCode, checked.exitCode, restored.exitCode]).toEqual([11, 1, 0]);
    expect(checked.stdout).toContain("more than the first host: restore it from there");
    expect(await readLedger(first)).toBe(before);
    expect((await workspace.slipway("deploy", "--dry-run")).exitCode).toBe(0);
  });
}

/** Asks PostgreSQL for TLS, which it answers with one letter: S or N. */
const greetDatabase = `
const { hostname, port } = new URL(require("node:fs").readFileSync(process.env.DATABASE_URL_FILE, "utf8"));
const socket = require("node:net").connect(port, hostname, () => socket.write(Buffer.from([0, 0, 0, 8, 4, 210, 22, 47])));
socket.on("data", (answer) => socket.end(() => process.stdout.write(/[SN]/.test(String(answer)) ? "S" : "?")));
`;

function setSoak(settings: Record<string, unknown>, soakSeconds: number): void {
  settings["policy"] = { ...Object(settings["policy"]), soakSeconds };
}
