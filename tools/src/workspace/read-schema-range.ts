import { open, readdir } from "node:fs/promises";
import path from "node:path";

import type { Fault } from "./find-service-faults.ts";
import { hasCode } from "./has-code.ts";
import type { SchemaRange } from "./service-manifest.ts";

interface Migration {
  number: number;
  isContract: boolean;
}

/** The range of schemas that a service with these migrations runs on; null without any. */
export function planSchemaRange(migrations: readonly Migration[]): SchemaRange | null {
  if (migrations.length === 0) {
    return null;
  }
  const contracts = migrations.filter(({ isContract }) => isContract);
  return {
    min: Math.max(0, ...contracts.map(({ number }) => number)),
    max: Math.max(...migrations.map(({ number }) => number)),
  };
}

export async function readSchemaRange(
  workspace: string,
  folder: string,
): Promise<{ range: SchemaRange | null; faults: Fault[] }> {
  const names = (await listSql(path.join(workspace, folder))).toSorted();
  const readings = await Promise.all(names.map((name) => readMigration(workspace, folder, name)));
  return {
    range: planSchemaRange(readings.flatMap(({ migration }) => migration ?? [])),
    faults: readings.flatMap(({ fault }) => fault ?? []),
  };
}

async function listSql(folder: string): Promise<string[]> {
  try {
    return (await readdir(folder)).filter((name) => name.endsWith(".sql"));
  } catch (error) {
    if (hasCode(error, "ENOENT")) {
      return [];
    }
    throw error;
  }
}

async function readMigration(
  workspace: string,
  folder: string,
  name: string,
): Promise<{ migration?: Migration; fault?: Fault }> {
  const file = `${folder}/${name}`;
  const number = /^(\d{4})_/u.exec(name)?.[1];
  if (number === undefined) {
    const rule = "must have a name like 0001_add_users.sql";
    return { fault: { file, path: "(name)", rule, value: JSON.stringify(name) } };
  }
  const firstLine = await readFirstLine(path.join(workspace, file));
  const kind = /^-- kind: (expand|contract)\s*$/u.exec(firstLine)?.[1];
  if (kind === undefined) {
    const rule = 'must be "-- kind: expand" or "-- kind: contract"';
    return { fault: { file, path: "(line 1)", rule, value: JSON.stringify(firstLine) } };
  }
  return { migration: { number: Number(number), isContract: kind === "contract" } };
}

async function readFirstLine(file: string): Promise<string> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(128), 0, 128, 0);
    return buffer.toString("utf8", 0, bytesRead).split("\n")[0] ?? "";
  } finally {
    await handle.close();
  }
}
