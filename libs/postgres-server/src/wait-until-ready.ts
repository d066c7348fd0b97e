import { setTimeout as delay } from "node:timers/promises";

import { readRunningServer } from "./running-server.ts";

export interface ReadyOptions {
  dataFolder: string;
  pid: number;
  timeoutMs?: number;
  /** Ends the wait early, for instance when the process died. */
  signal?: AbortSignal;
}

/** Waits until the server takes connections. The pid file says so, hence no password is needed. */
export async function waitUntilReady(options: ReadyOptions): Promise<void> {
  const timeoutMs = options.timeoutMs ?? 60_000;
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    options.signal?.throwIfAborted();
    const server = await readRunningServer(options.dataFolder);
    if (server?.pid === options.pid && server.isReady) {
      return;
    }
    await delay(20, undefined, { signal: options.signal });
  }
  throw new Error(
    `PostgreSQL (pid ${options.pid}) was not ready within ${timeoutMs / 1000} s. Data: ${options.dataFolder}`,
  );
}
