import { setTimeout as delay } from "node:timers/promises";

import { readRunningServer } from "./running-server.ts";

/** Fast shutdown: clients are cut off, data is safe. Harder signals follow when it takes longer than `timeoutMs`. */
export async function stopServer(dataFolder: string, timeoutMs = 20_000): Promise<void> {
  for (const signal of ["SIGINT", "SIGQUIT", "SIGKILL"] as const) {
    if (await endsBy(signal, dataFolder, timeoutMs)) {
      return;
    }
  }
  throw new Error(`PostgreSQL on ${dataFolder} did not stop, not even by SIGKILL.`);
}

async function endsBy(signal: NodeJS.Signals, dataFolder: string, timeoutMs: number) {
  const server = await readRunningServer(dataFolder);
  if (server === null) {
    return true;
  }
  process.kill(server.pid, signal);
  const deadline = Date.now() + timeoutMs;
  while (Date.now() < deadline) {
    if ((await readRunningServer(dataFolder)) === null) {
      return true;
    }
    await delay(10);
  }
  return false;
}
