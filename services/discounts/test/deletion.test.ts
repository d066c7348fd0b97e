import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import {
  addIntegration,
  call,
  startDiscounts,
  type Call,
  type Discounts,
} from "./start-discounts.ts";

let discounts: Discounts;

beforeAll(async () => {
  discounts = await startDiscounts();
});

afterAll(() => discounts.stop());

test.each<[what: string, path: string, call: Call]>([
  ["a claim", "/claim", { method: "POST" }],
  ["new codes", "/codes", { method: "POST", token: "cd", payload: ["NEW"] }],
  ["a change", "", { method: "PUT", token: "cd", payload: { quota_amount: 2 } }],
  ["a second deletion", "", { method: "DELETE", token: "cd" }],
])("%s that waits for a deletion finds nothing any more", async (...[what, path, request]) => {
  const id = await addIntegration(discounts, { code: what.replaceAll(" ", "-") });
  const waiting = await discounts.db.transaction().execute(async (trx) => {
    await trx.deleteFrom("integrations").where("id", "=", id).execute();
    const answer = call(discounts, `/integrations/${id}${path}`, request);
    await expect.poll(countWaiting, { timeout: 5000 }).toBe(1);
    return { answer };
  });

  expect(await waiting.answer).toMatchObject({ status: 404, body: { success: false } });
});

async function countWaiting(): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::int as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(discounts.db);
  return rows[0]?.count ?? 0;
}
