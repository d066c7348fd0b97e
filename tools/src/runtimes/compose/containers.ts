import Type from "typebox";

import type { EngineClient } from "../../engine/engine-client.ts";
import { keepLog } from "./container-logs.ts";

const Waited = Type.Object({ StatusCode: Type.Integer() });

/** Resolves as soon as the container ends; null when there is none. */
export async function waitForExit(
  engine: EngineClient,
  name: string,
  signal: AbortSignal,
): Promise<number | null> {
  const path = `/containers/${encodeURIComponent(name)}/wait?condition=not-running`;
  return (await engine.call(Waited, { method: "POST", path, signal }))?.StatusCode ?? null;
}

/** The exit code; null when it takes longer, or when there is no such container. */
export async function awaitContainer(
  engine: EngineClient,
  name: string,
  timeoutMs: number,
): Promise<number | null> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    return await waitForExit(engine, name, signal);
  } catch (cause) {
    if (signal.aborted) return null;
    throw cause;
  }
}

/** SIGTERM, then SIGKILL after the grace; its log is kept in the file. Nothing happens when there is none. */
export async function removeContainer(
  engine: EngineClient,
  name: string,
  { graceMs, logFile }: { graceMs: number; logFile?: string },
): Promise<void> {
  const path = `/containers/${encodeURIComponent(name)}`;
  const graceSeconds = Math.ceil(graceMs / 1000);
  await engine.send({ method: "POST", path: `${path}/stop?t=${graceSeconds}` });
  if (logFile !== undefined) await keepLog(engine, name, logFile);
  await engine.send({ method: "DELETE", path: `${path}?force=1&v=1` });
}
