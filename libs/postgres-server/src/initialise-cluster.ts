import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { access, chown, mkdir, mkdtemp, rename, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { promisify } from "node:util";

import { canTraverse } from "./can-traverse.ts";
import { locateBinaries } from "./locate-binaries.ts";
import { serverEnvironment } from "./server-environment.ts";
import { resolveServerUser, type ServerUser } from "./server-user.ts";

const runFile = promisify(execFile);

export interface ClusterOptions {
  dataFolder: string;
  /** Password of the role `postgres`. */
  superuserPassword: string;
  /** False leaves out flushing to disk: fast, and only for data that may be lost. */
  sync?: boolean;
}

/** Creates the data folder of a server, completely or not at all. Does nothing when it is there already. */
export async function initialiseCluster(options: ClusterOptions): Promise<void> {
  if (await isClusterInitialised(options.dataFolder)) {
    return;
  }
  const dataFolder = resolve(options.dataFolder);
  const user = await resolveServerUser();
  await mkdir(dirname(dataFolder), { recursive: true });
  if (user !== null && !(await canTraverse(dirname(dataFolder), user))) {
    throw new Error(
      `PostgreSQL runs as "${user.name}", which cannot enter ${dirname(dataFolder)}. Ask chooseDataFolder for a place.`,
    );
  }
  // Made beside and renamed: an initdb that was killed leaves nothing that looks like a cluster.
  const draft = `${dataFolder}.new-${process.pid}`;
  await rm(draft, { recursive: true, force: true });
  await createFolder(draft, user);
  await runInitdb({ ...options, dataFolder: draft }, user);
  await rename(draft, dataFolder);
}

export async function isClusterInitialised(dataFolder: string): Promise<boolean> {
  try {
    await access(join(dataFolder, "PG_VERSION"));
    return true;
  } catch {
    return false;
  }
}

/** The wanted folder when the server's user can reach it, else one under /var/lib that belongs to it alone. */
export async function chooseDataFolder(wanted: string): Promise<string> {
  const user = await resolveServerUser();
  const folder = resolve(wanted);
  if (user === null || (await canTraverse(dirname(folder), user))) {
    return folder;
  }
  const key = createHash("sha256").update(folder).digest("hex").slice(0, 16);
  return join("/var/lib/myaegee-postgres-data", key);
}

async function runInitdb(options: ClusterOptions, user: ServerUser | null): Promise<void> {
  const { initdb } = await locateBinaries(user);
  const secretFolder = await mkdtemp(join(tmpdir(), "myaegee-initdb-"));
  const passwordFile = join(secretFolder, "password");
  try {
    await writeFile(passwordFile, `${options.superuserPassword}\n`, { mode: 0o600 });
    await giveTo(user, secretFolder, passwordFile);
    await runFile(initdb, planInitdbArguments(options, passwordFile), {
      cwd: "/",
      env: serverEnvironment(),
      timeout: 180_000,
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    });
  } catch (cause) {
    await rm(options.dataFolder, { recursive: true, force: true });
    throw new Error(`initdb failed for ${options.dataFolder}.`, { cause });
  } finally {
    await rm(secretFolder, { recursive: true, force: true });
  }
}

function planInitdbArguments(options: ClusterOptions, passwordFile: string): string[] {
  return [
    `--pgdata=${options.dataFolder}`,
    `--pwfile=${passwordFile}`,
    "--username=postgres",
    "--auth=scram-sha-256",
    "--encoding=UTF8",
    // PostgreSQL's own locale: the same order and case rules on every machine, whatever locales it has.
    "--locale=C",
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    ...(options.sync === false ? ["--no-sync"] : []),
  ];
}

async function createFolder(folder: string, user: ServerUser | null): Promise<void> {
  await mkdir(folder, { mode: 0o700 });
  await giveTo(user, folder);
}

async function giveTo(user: ServerUser | null, ...paths: string[]): Promise<void> {
  if (user !== null) {
    await Promise.all(paths.map((path) => chown(path, user.uid, user.gid)));
  }
}
