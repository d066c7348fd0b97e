import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { open, readFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";

import { endWithParent } from "./end-with-parent.ts";
import { findFreePort } from "./find-free-port.ts";
import { prepareServerProcess, type ServerOptions } from "./prepare-server-process.ts";
import { stopServer } from "./stop-server.ts";
import { waitUntilReady } from "./wait-until-ready.ts";

export interface StartOptions extends Omit<ServerOptions, "port"> {
  /** 0, the default, takes a free one. */
  port?: number;
  /** Default: `<dataFolder>.log`. */
  logFile?: string;
  /** `parent`, the default: the server ends when this process does, even by SIGKILL. */
  lifetime?: "parent" | "detached";
  readyTimeoutMs?: number;
}

export interface PostgresServer {
  pid: number;
  port: number;
  stop(): Promise<void>;
}

/** How often a start is tried again: somebody may take the free port first, or a killed server's children still end. */
const MAX_ATTEMPTS = 10;
const RETRY_PAUSE_MS = 200;

export async function startServer(options: StartOptions): Promise<PostgresServer> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await startOnce(options);
    } catch (error) {
      if (attempt === MAX_ATTEMPTS || !isWorthAnotherTry(error)) {
        throw error;
      }
      await delay(RETRY_PAUSE_MS);
    }
  }
}

async function startOnce(options: StartOptions): Promise<PostgresServer> {
  const port = options.port || (await findFreePort());
  const logFile = options.logFile ?? `${options.dataFolder}.log`;
  const child = await spawnServer({ ...options, port }, logFile);
  await waitForStart(child, options, logFile);
  child.unref();
  const release = options.lifetime === "detached" ? () => {} : endWithParent(child.pid ?? 0);
  return {
    pid: child.pid ?? 0,
    port,
    stop: async () => {
      await stopServer(options.dataFolder);
      release();
    },
  };
}

async function spawnServer(options: ServerOptions, logFile: string): Promise<ChildProcess> {
  const { command, args, ...spawnOptions } = await prepareServerProcess(options);
  const log = await open(logFile, "a", 0o600);
  try {
    const child = spawn(command, args, {
      ...spawnOptions,
      stdio: ["ignore", log.fd, log.fd],
      // Its own process group: Ctrl+C in a terminal must reach us first.
      detached: true,
    });
    await once(child, "spawn");
    return child;
  } finally {
    await log.close();
  }
}

async function waitForStart(child: ChildProcess, options: StartOptions, logFile: string) {
  const exited = new AbortController();
  const onExit = () => exited.abort();
  child.once("exit", onExit);
  try {
    await waitUntilReady({
      dataFolder: options.dataFolder,
      pid: child.pid ?? 0,
      timeoutMs: options.readyTimeoutMs ?? 60_000,
      signal: exited.signal,
    });
  } catch (cause) {
    child.kill("SIGKILL");
    const lastLines = (await readFile(logFile, "utf8")).trimEnd().split("\n").slice(-10);
    throw new Error(
      `PostgreSQL did not start on ${join(options.dataFolder)}:\n${lastLines.join("\n")}`,
      { cause },
    );
  } finally {
    child.off("exit", onExit);
  }
}

/** PostgreSQL has no exit code for these; the messages are in English because LC_ALL is C. */
function isWorthAnotherTry(error: unknown): boolean {
  return (
    error instanceof Error &&
    /Address already in use|pre-existing shared memory block/.test(error.message)
  );
}
