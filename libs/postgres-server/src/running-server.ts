import { readFile, rm } from "node:fs/promises";
import { join, resolve } from "node:path";

export interface RunningServer {
  pid: number;
  port: number;
  /** False while it starts, recovers or stops. */
  isReady: boolean;
}

/** The server that runs on this data folder, whoever started it. */
export async function readRunningServer(dataFolder: string): Promise<RunningServer | null> {
  const content = await readFileIfThere(join(dataFolder, "postmaster.pid"));
  const lines = content?.split("\n") ?? [];
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid < 2 || !(await isServerOf(pid, dataFolder))) {
    return null;
  }
  return { pid, port: Number(lines[3]), isReady: lines[7]?.trim() === "ready" };
}

/** PostgreSQL itself gives up when a stranger has got the pid that a killed server left in its pid file. */
export async function removeStalePidFile(dataFolder: string): Promise<void> {
  const running = await readRunningServer(dataFolder);
  if (running !== null) {
    throw new Error(
      `A PostgreSQL server (pid ${running.pid}, port ${running.port}) runs on ${dataFolder} already. Stop it first.`,
    );
  }
  await rm(join(dataFolder, "postmaster.pid"), { force: true });
}

async function isServerOf(pid: number, dataFolder: string): Promise<boolean> {
  if (!isAlive(pid)) {
    return false;
  }
  if (process.platform !== "linux") {
    return true;
  }
  const commandLine = (await readFileIfThere(`/proc/${pid}/cmdline`))?.split("\0") ?? [];
  return commandLine[0]?.endsWith("postgres") === true && commandLine.includes(resolve(dataFolder));
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

async function readFileIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch {
    return null;
  }
}
