import { Client } from "pg";
import { beforeAll, expect, test } from "vitest";

import { createTestDatabase } from "../src/create-test-database.ts";
import { findTableScans } from "../src/find-table-scans.ts";

let url: string;

beforeAll(async () => {
  ({ url } = await createTestDatabase({ migrate: createTable, template: "table_scans" }));
});

test.each([
  ["the primary key", "select * from things where id = $1"],
  ["an index", "update things set name = 'x' where owner = $1"],
  ["the order of an index", "select * from things order by id limit $1"],
  ["no condition on any table", "select 1"],
])("finds nothing in a statement that asks by %s", async (_how, statement) => {
  expect(await findTableScans(url, [statement])).toEqual([]);
});

test.each([
  ["what no index has", "select * from things where name = $1"],
  ["it while it walks along another index", "select * from things where name = $1 order by id"],
  ["it below a join", "select * from things a join things b on b.name = a.name where a.id = $1"],
])("names the table of a statement that asks for %s", async (_what, statement) => {
  expect(await findTableScans(url, [statement])).toEqual([{ table: "things", statement }]);
});

test("tells each statement once", async () => {
  const statement = "delete from things where name = $1";

  expect(await findTableScans(url, [statement, statement])).toHaveLength(1);
});

async function createTable(template: string): Promise<void> {
  const client = new Client({ connectionString: template });
  await client.connect();
  await client.query("create table things (id int primary key, owner int, name text)");
  await client.query("create index on things (owner)");
  await client.end();
}
