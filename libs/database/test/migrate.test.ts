import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { createTestDatabase } from "@myaegee/testing";
import { sql, type Kysely } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";

import { createDatabase, createSchemaCheck, migrate, readSchemaHead } from "../src/index.ts";

let folder: string;
let url: string;
let db: Kysely<unknown>;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "migrations-"));
  ({ url } = await createTestDatabase({ migrate: async () => {} }));
  db = createDatabase({ url });
  await write("0001_things.sql", "-- kind: expand\ncreate table things (name text);");
});

afterEach(async () => {
  await db.destroy();
  await rm(folder, { recursive: true, force: true });
});

function write(name: string, text: string): Promise<void> {
  return writeFile(join(folder, name), text);
}

async function readNames(): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select name from schema_migrations order by number`.execute(db);
  return rows.map(({ name }) => name);
}

test("applies what is missing, once", async () => {
  const first = await migrate({ url, folder });
  await write("0002_more.sql", "-- kind: contract\nalter table things add column size integer;");
  const second = await migrate({ url, folder });
  const third = await migrate({ url, folder });

  expect([first, second, third].map((applied) => applied.map(({ name }) => name))).toEqual([
    ["0001_things.sql"],
    ["0002_more.sql"],
    [],
  ]);
  expect(await readNames()).toEqual(["0001_things.sql", "0002_more.sql"]);
});

test("applies each file once when two runs come at the same time", async () => {
  const applied = await Promise.all([migrate({ url, folder }), migrate({ url, folder })]);

  expect(applied.flat()).toHaveLength(1);
});

test("names the file that was edited after it had been applied", async () => {
  await migrate({ url, folder });
  await write("0001_things.sql", "-- kind: expand\ncreate table things (name text, size integer);");

  await expect(migrate({ url, folder })).rejects.toThrow(
    "0001_things.sql was changed after it had been applied",
  );
});

test("applies nothing of a file that fails, and keeps the ones before", async () => {
  await write("0002_bad.sql", "-- kind: expand\ncreate table more (id integer);\nselect nonsense;");

  await expect(migrate({ url, folder })).rejects.toThrow(
    '0002_bad.sql failed, nothing of it was applied: column "nonsense" does not exist',
  );
  expect(await readNames()).toEqual(["0001_things.sql"]);
  const { rows } = await sql<{
    name: string | null;
  }>`select to_regclass('more')::text as name`.execute(db);
  expect(rows).toEqual([{ name: null }]);
});

test("lists every fault of a folder in one error", async () => {
  await write("0001_again.sql", "-- kind: expand\nselect 1;");
  await write("0004_gap.sql", "select 1;");
  await write("5_name.sql", "-- kind: expand\nselect 1;");

  await expect(migrate({ url, folder })).rejects.toThrow(
    [
      `${folder} has 5 faults:`,
      "0001_things.sql: expected number 0002, no gap and no double.",
      "0004_gap.sql: expected number 0003, no gap and no double.",
      '0004_gap.sql: expected "-- kind: expand" or "-- kind: contract" as the first line.',
      "5_name.sql: expected a name like 0001_add_events.sql.",
      "5_name.sql: expected number 0004, no gap and no double.",
    ].join("\n"),
  );
});

test("is ready at the expected migration and beyond, and not before", async () => {
  const check = createSchemaCheck(db, folder);
  await expect(check()).rejects.toThrow("The database is at migration 0, expected at least 1.");

  await migrate({ url, folder });
  await expect(check()).resolves.toBeUndefined();

  await sql`insert into schema_migrations (number, name, kind, checksum) values (2, 'n', 'expand', 'c')`.execute(
    db,
  );
  await expect(check()).resolves.toBeUndefined();
  expect(await readSchemaHead(db)).toBe(2);
});
