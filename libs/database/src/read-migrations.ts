import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

export interface Migration {
  /** From 1, without gaps. */
  number: number;
  /** File name: `0001_events.sql`. */
  name: string;
  /** `expand` keeps the previous version of the service working; `contract` takes away what it no longer uses. */
  kind: "expand" | "contract";
  checksum: string;
  sql: string;
}

const FILE_NAME = /^(\d{4})_[a-z0-9_]+\.sql$/;
const KIND = /^-- kind: (expand|contract)\s*$/;

/** The numbered SQL files of a folder in order, with every fault of the folder in one error. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith(".sql")).toSorted();
  const migrations = await Promise.all(names.map((name) => readMigration(folder, name)));
  const faults = findFaults(migrations);
  if (faults.length > 0) {
    throw new Error(`${folder} has ${faults.length} faults:\n${faults.join("\n")}`);
  }
  return migrations;
}

async function readMigration(folder: string, name: string): Promise<Migration> {
  const sql = await readFile(join(folder, name), "utf8");
  const kind = KIND.exec(sql.split("\n")[0] ?? "")?.[1];
  return {
    number: Number(FILE_NAME.exec(name)?.[1] ?? 0),
    name,
    kind: kind === "contract" ? "contract" : "expand",
    checksum: createHash("sha256").update(sql).digest("hex"),
    sql,
  };
}

function findFaults(migrations: readonly Migration[]): string[] {
  return migrations.flatMap(({ name, number, sql }, index) => [
    ...(FILE_NAME.test(name) ? [] : [`${name}: expected a name like 0001_add_events.sql.`]),
    ...(number === index + 1
      ? []
      : [`${name}: expected number ${String(index + 1).padStart(4, "0")}, no gap and no double.`]),
    ...(KIND.test(sql.split("\n")[0] ?? "")
      ? []
      : [`${name}: expected "-- kind: expand" or "-- kind: contract" as the first line.`]),
  ]);
}
