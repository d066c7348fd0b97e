import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";

import { execa } from "execa";

import { SlipwayError } from "../errors.ts";
import type { Backup } from "../hosts/platform.ts";

const suffix = ".dump";
const limitMs = 3_600_000;

/** Database of one service, and where its backups are. */
export interface BackupSource {
  folder: string;
  service: string;
  /** Holds the password, so it goes to the tool by its environment, not by its arguments. */
  url: string;
}

/** Whole or not at all: dumped beside, then renamed. */
export async function writeBackup(source: BackupSource, backup: string): Promise<void> {
  await mkdir(source.folder, { recursive: true, mode: 0o700 });
  const file = fileOf(source.folder, backup);
  if ((await stat(file).catch(() => null)) !== null) return;
  const draft = `${file}.tmp`;
  try {
    await runTool("pg_dump", ["--format=custom", "--no-owner", `--file=${draft}`], source);
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/** In one transaction: either all is as it was in the backup, or nothing has changed. */
export async function loadBackup(source: BackupSource, backup: string): Promise<void> {
  const file = fileOf(source.folder, backup);
  if ((await stat(file).catch(() => null)) === null) throw missingBackup(source.service, backup);
  const { pathname } = new URL(source.url);
  await runTool(
    "pg_restore",
    [
      "--clean",
      "--if-exists",
      "--no-owner",
      "--single-transaction",
      `--dbname=${pathname.slice(1)}`,
      file,
    ],
    source,
  );
}

/** The newest first. */
export async function listBackups(folder: string): Promise<Backup[]> {
  const names = (await readdir(folder).catch(() => [])).filter((name) => name.endsWith(suffix));
  const backups = await Promise.all(names.map(async (name) => await readBackup(folder, name)));
  return backups.toSorted((a, b) => b.takenAt.localeCompare(a.takenAt));
}

export async function dropBackup(folder: string, backup: string): Promise<void> {
  await rm(fileOf(folder, backup), { force: true });
}

async function readBackup(folder: string, name: string): Promise<Backup> {
  const { mtime, size } = await stat(join(folder, name));
  return { name: name.slice(0, -suffix.length), takenAt: mtime.toISOString(), bytes: size };
}

function fileOf(folder: string, backup: string): string {
  return join(folder, `${basename(backup)}${suffix}`);
}

async function runTool(
  tool: "pg_dump" | "pg_restore",
  args: readonly string[],
  { service, url }: BackupSource,
): Promise<void> {
  const { hostname, port, username, password, pathname } = new URL(url);
  const { failed, stderr, code } = await execa(tool, args, {
    reject: false,
    timeout: limitMs,
    env: {
      PGHOST: hostname,
      PGPORT: port,
      PGUSER: username,
      PGPASSWORD: decodeURIComponent(password),
      PGDATABASE: pathname.slice(1),
    },
  });
  if (!failed) return;
  const why = code === "ENOENT" ? `${tool} is not on this machine` : stderr.trim().split("\n")[0];
  throw new SlipwayError("BACKUP_FAILED", `The database of ${service}: ${why}.`, {
    hint: "Install PostgreSQL's client of the server's version or newer, or leave `keepBackups` out of the environment's policy.",
  });
}

function missingBackup(service: string, backup: string): SlipwayError {
  return new SlipwayError("BACKUP_MISSING", `There is no backup ${backup} of ${service}.`);
}
