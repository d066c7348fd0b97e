import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { execa } from "execa";
import { onTestFinished, type TestContext } from "vitest";

import { findFreePort } from "../../src/daemon/free-port.ts";
import { openHaproxyGateway } from "../../src/gateways/haproxy/haproxy-gateway.ts";
import type { HaproxyHost } from "../../src/gateways/haproxy/haproxy-host.ts";
import type { HaproxySettings } from "../../src/gateways/haproxy/haproxy-settings.ts";
import { createLocalHaproxyFiles } from "../../src/gateways/haproxy/local-haproxy-files.ts";
import { requireProgram } from "../fixtures/require-program.ts";

export interface TestHaproxy {
  host: HaproxyHost;
  settings: HaproxySettings;
  /** Lines of its log so far. */
  log: string[];
  /** Of the master. */
  pid: () => number;
}

/** A HAProxy from the machine's package, started again when it dies as a container's engine would do. */
export async function createTestHaproxy(
  changes: Partial<HaproxySettings> = {},
): Promise<TestHaproxy> {
  const folder = await mkdtemp(join(tmpdir(), "haproxy-"));
  const [http = 0, internal = 0] = await findPorts(2);
  const settings: HaproxySettings = {
    publicUrl: `http://localhost:${http}`,
    internalUrl: `http://127.0.0.1:${internal}`,
    publicBinds: [`127.0.0.1:${http}`, `[::1]:${http}`],
    internalBinds: [`127.0.0.1:${internal}`],
    tls: null,
    ...changes,
  };
  const supervisor = superviseHaproxy(folder);
  onTestFinished(async () => {
    await supervisor.end();
    await rm(folder, { recursive: true, force: true });
  });
  const files = createLocalHaproxyFiles(folder);
  const check = async (name: string) => {
    const { exitCode, all } = await execa("haproxy", ["-c", "-f", join(folder, name)], {
      all: true,
      reject: false,
      timeout: 20_000,
    });
    return exitCode === 0 ? null : (all ?? "");
  };
  const host: HaproxyHost = { ...files, start: async () => supervisor.start(), check };
  return { host, settings, log: supervisor.log, pid: supervisor.pid };
}

export async function requireHaproxy(context: TestContext): Promise<void> {
  await requireProgram(context, ["haproxy", "-v"], "HAProxy: apt-get install haproxy");
}

export async function openTestGateway(changes: Partial<HaproxySettings> = {}) {
  const haproxy = await createTestHaproxy(changes);
  return { ...haproxy, gateway: await openHaproxyGateway(haproxy) };
}

/** Writes a self-signed certificate with its key as HAProxy wants them. */
export async function writeCertificate(folder: string, name: string): Promise<string> {
  const { stdout } = await execa("openssl", certificateArguments(name), { timeout: 20_000 });
  await writeFile(join(folder, "site.pem"), stdout);
  return stdout;
}

function certificateArguments(name: string): string[] {
  const kind = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2";
  const subject = ["-subj", `/CN=${name}`, "-addext", "subjectAltName=DNS:localhost"];
  return [...kind.split(" "), ...subject, "-keyout", "-"];
}

export async function findPorts(count: number): Promise<number[]> {
  const taken = new Set<number>();
  while (taken.size < count) taken.add(await findFreePort(taken));
  return [...taken];
}

function superviseHaproxy(folder: string) {
  const log: string[] = [];
  let child: ChildProcess | null = null;
  let isEnding = false;

  function run(): void {
    const args = ["-W", "-S", `${folder}/master.sock,mode,600`, "-f", `${folder}/haproxy.cfg`];
    const started = spawn("haproxy", args, { stdio: ["ignore", "pipe", "pipe"], detached: true });
    for (const stream of [started.stdout, started.stderr]) {
      stream.setEncoding("utf8").on("data", (text: string) => log.push(...text.split("\n")));
    }
    started.once("exit", () => {
      if (!isEnding) run();
    });
    child = started;
  }

  return {
    log,
    pid: () => child?.pid ?? 0,
    start() {
      if (child === null) run();
    },
    async end() {
      isEnding = true;
      if (child?.pid === undefined || child.exitCode !== null) return;
      const ended = once(child, "exit");
      // The group: also workers that a reload has left behind.
      process.kill(-child.pid, "SIGKILL");
      await ended;
    },
  };
}
