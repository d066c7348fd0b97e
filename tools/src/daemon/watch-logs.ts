import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";

import { rotateLog } from "./rotate-log.ts";

const everyMs = 10_000;
const keptLogs = 80;

/** Keeps every log below its limit and forgets those of processes long gone. */
export function watchLogs(folder: string, living: () => readonly string[]): { stop(): void } {
  const timer = setInterval(() => void tidyLogs(folder, living()).catch(() => {}), everyMs);
  return { stop: () => clearInterval(timer) };
}

export async function tidyLogs(folder: string, living: readonly string[]): Promise<void> {
  const names = await readdir(folder);
  const current = names.filter((name) => name.endsWith(".log") && name !== "access.log");
  await Promise.all(current.map((name) => rotateLog(join(folder, name))));
  const keep = new Set(["daemon", ...living]);
  const gone = current.filter((name) => !keep.has(name.slice(0, -".log".length)));
  const aged = await Promise.all(gone.map((name) => readAge(folder, name)));
  const oldest = aged.toSorted((a, b) => b.changedMs - a.changedMs).slice(keptLogs);
  await Promise.all(oldest.flatMap(({ name }) => withRotated(folder, name)));
}

async function readAge(folder: string, name: string) {
  const found = await stat(join(folder, name)).catch(() => null);
  return { name, changedMs: found?.mtimeMs ?? 0 };
}

function withRotated(folder: string, name: string): Promise<void>[] {
  return ["", ".1", ".2"].map((age) => rm(join(folder, `${name}${age}`), { force: true }));
}
