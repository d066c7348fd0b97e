import { createTestDatabase } from "@myaegee/testing";
import { sql, type Kysely } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import {
  createDatabase,
  formatSearchPattern,
  isUniqueViolation,
  lockKey,
  runSerializable,
  tryLockKey,
} from "../src/index.ts";

interface Tables {
  counters: { name: string; value: number };
}

let db: Kysely<Tables>;

beforeAll(async () => {
  const { url } = await createTestDatabase({ migrate: async () => {} });
  db = createDatabase({ url });
  await sql`create table counters (name text constraint counters_name primary key, value integer)`.execute(
    db,
  );
  await sql`insert into counters values ('a', 0), ('b', 0)`.execute(db);
});

afterAll(() => db.destroy());

test("answers values as JSON knows them", async () => {
  const { rows } = await sql`select 9007199254740991::bigint as big, 12.50::numeric as fee,
    date '2026-03-29' as day, timestamptz '2026-03-29 02:30+02' as instant`.execute(db);

  expect(rows).toEqual([
    {
      big: 9_007_199_254_740_991,
      fee: 12.5,
      day: "2026-03-29",
      instant: "2026-03-29T00:30:00.000Z",
    },
  ]);
});

test("refuses a bigint that a number cannot hold", async () => {
  await expect(sql`select 9007199254740993::bigint as big`.execute(db)).rejects.toThrow(RangeError);
});

test("tells a unique violation by the name of its constraint", async () => {
  const error = await db
    .insertInto("counters")
    .values({ name: "a", value: 1 })
    .execute()
    .catch((cause) => cause);

  expect(isUniqueViolation(error)).toBe(true);
  expect(isUniqueViolation(error, "counters_name")).toBe(true);
  expect(isUniqueViolation(error, "another")).toBe(false);
});

test("repeats a serializable transaction that another one got in the way of", async () => {
  const addOne = () =>
    runSerializable(db, async (trx) => {
      const { value } = await trx
        .selectFrom("counters")
        .select("value")
        .where("name", "=", "a")
        .executeTakeFirstOrThrow();
      await trx
        .updateTable("counters")
        .set({ value: value + 1 })
        .where("name", "=", "a")
        .execute();
    });

  await Promise.all([addOne(), addOne(), addOne()]);

  const { value } = await db
    .selectFrom("counters")
    .select("value")
    .where("name", "=", "a")
    .executeTakeFirstOrThrow();
  expect(value).toBe(3);
});

test("lets one transaction at a time past a key", async () => {
  const addOne = () =>
    db.transaction().execute(async (trx) => {
      await lockKey(trx, "counter:b");
      const { value } = await trx
        .selectFrom("counters")
        .select("value")
        .where("name", "=", "b")
        .executeTakeFirstOrThrow();
      await trx
        .updateTable("counters")
        .set({ value: value + 1 })
        .where("name", "=", "b")
        .execute();
    });

  await Promise.all(Array.from({ length: 8 }, addOne));

  const { value } = await db
    .selectFrom("counters")
    .select("value")
    .where("name", "=", "b")
    .executeTakeFirstOrThrow();
  expect(value).toBe(8);
});

test("answers at once when somebody else holds the key", async () => {
  const answer = await db.transaction().execute(async (first) => {
    await lockKey(first, "job");
    return db.transaction().execute((second) => tryLockKey(second, "job"));
  });

  expect(answer).toBe(false);
});

test("takes the wildcards of a search literally", async () => {
  const { rows } = await sql<{ found: boolean }>`
    select '100% sure_' ilike ${formatSearchPattern("0% SURE_")} as found
    union all select '100 sure' ilike ${formatSearchPattern("0% sure")}`.execute(db);

  expect(rows.map(({ found }) => found)).toEqual([true, false]);
});
