import { expect, test } from "vitest";

import { lintMigration } from "./lint-migration.ts";

async function lint(sql: string, kind = "expand") {
  return lintMigration({ file: "0002_more.sql", text: `-- kind: ${kind}\n${sql}\n` });
}

test.each([
  ["drop table events", "DROPS", "drops the table events"],
  ["drop table public.events", "DROPS", "drops the table public.events"],
  ["alter table events alter id drop identity", "DEMANDS_VALUE", "drops the default of events.id"],
  ["drop view overview", "DROPS", "drops the view overview"],
  ["drop function age(date)", "DROPS", "drops the function age"],
  ["drop type mood", "DROPS", "drops the type mood"],
  ["alter table events drop column fee", "DROPS", "drops the column events.fee"],
  ["alter table events drop fee", "DROPS", "events.fee"],
  ["ALTER TABLE IF EXISTS ONLY public.events DROP COLUMN IF EXISTS fee", "DROPS", "public.events"],
  ["alter table events add x int, drop column fee", "DROPS", "events.fee"],
  ["alter table events rename column fee to price", "RENAMES", "column events.fee to price"],
  ["alter table events rename to meetings", "RENAMES", "table events to meetings"],
  ["alter type mood rename value 'ok' to 'fine'", "RENAMES", "'ok'"],
  ["alter type mood rename to feeling", "RENAMES", "to feeling"],
  ["alter table events set schema old", "RENAMES", "schema old"],
  ["alter table events alter fee type text", "CHANGES_TYPE", "type of events.fee"],
  ["alter table events alter fee set data type text using fee::text", "CHANGES_TYPE", "events.fee"],
  ["alter table events alter fee set not null", "DEMANDS_VALUE", "demands a value in events.fee"],
  ["alter table events alter fee drop default", "DEMANDS_VALUE", "drops the default of events.fee"],
  ["alter table events add fee int not null", "DEMANDS_VALUE", "adds events.fee NOT NULL"],
  ["alter table events add id int primary key", "DEMANDS_VALUE", "adds events.id NOT NULL"],
  ["truncate events", "DELETES", "empties a table"],
  ["create index concurrently i on events (fee)", "NEEDS_NO_TRANSACTION", "no transaction can"],
  ["drop tabel events", "UNREADABLE", 'syntax error at or near "tabel"'],
])("refuses in an expansion: %s", async (sql, rule, message) => {
  expect(await lint(sql)).toEqual([
    {
      file: "0002_more.sql",
      line: expect.any(Number),
      rule,
      level: "error",
      message: expect.stringContaining(message),
    },
  ]);
});

test("refuses each of several at once", async () => {
  const faults = await lint("drop table events, public.bodies; alter table a drop b, drop c");

  expect(faults.map(({ message }) => message.split(",")[0])).toEqual([
    "drops the table events",
    "drops the table public.bodies",
    "drops the column a.b",
    "drops the column a.c",
  ]);
});

test.each([
  ["create index i on events (fee)", ["LOCKS"]],
  ["create unique index i on events (fee)", ["LOCKS", "CONSTRAINS"]],
  ["alter table events add constraint c check (fee > 0)", ["CONSTRAINS"]],
  ["alter table events add constraint c check (fee > 0) not valid", ["CONSTRAINS"]],
  ["alter table events add foreign key (body_id) references bodies (id)", ["CONSTRAINS"]],
  ["do $$ begin execute 'drop table events'; end $$", ["OPAQUE"]],
])("only warns of: %s", async (sql, rules) => {
  const faults = await lint(sql);

  expect(faults.map(({ rule }) => rule)).toEqual(rules);
  expect(faults.map(({ level }) => level)).not.toContain("error");
});

test.each([
  "create table extras (id int primary key, name text not null)",
  "alter table events add fee int",
  "alter table events add fee int not null default 0",
  "alter table events add id int generated always as identity not null",
  "alter table events add total int generated always as (fee * 2) stored not null",
  "alter table events alter fee drop not null",
  "alter table events alter fee set default 1",
  "alter table events drop constraint fee_positive",
  "alter table events rename constraint a to b",
  "alter index a rename to b",
  "drop index events_by_fee",
  "alter type mood add value 'great'",
  "insert into settings (name) values ('drop table events')",
  "comment on table events is 'alter table events drop column fee'",
  "-- drop table events;\nselect 1",
  "",
])("lets pass: %s", async (sql) => {
  expect(await lint(sql)).toEqual([]);
});

test("what the same file creates, it may change as it likes", async () => {
  const sql = `create table extras (id int);
    create unique index extras_id on extras (id);
    alter table extras alter id set not null, alter id type bigint;
    alter table extras rename column id to number;
    drop table extras;`;

  expect(await lint(sql)).toEqual([]);
});

test("a contraction may take away, but no transaction builds an index concurrently", async () => {
  const faults = await lint(
    "drop table old; alter table events drop fee; create index concurrently i on events (x)",
    "contract",
  );

  expect(faults.map(({ rule }) => rule)).toEqual(["NEEDS_NO_TRANSACTION"]);
});

test("names the line on which the statement begins, also after letters of many bytes", async () => {
  const faults = await lint(`select 'Zürich – Łódź 🚢';

/* why: nobody
   reads it */
-- really
alter table events
  drop column fee; drop table bodies;`);

  expect(faults.map(({ line, rule }) => ({ line, rule }))).toEqual([
    { line: 7, rule: "DROPS" },
    { line: 8, rule: "DROPS" },
  ]);
});
