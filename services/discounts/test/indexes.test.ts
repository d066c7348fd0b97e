import { findTableScans } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import {
  addIntegration,
  buildIntegration,
  call,
  startDiscounts,
  type Call,
  type Discounts,
} from "./start-discounts.ts";

let discounts: Discounts;

beforeAll(async () => {
  discounts = await startDiscounts();
  await addIntegration(discounts, { quota_amount: 2 }, ["ONE", "TWO"]);
  await call(discounts, "/categories", { token: "cd", method: "POST", payload: category });
});

afterAll(() => discounts.stop());

const discount = { icon: "train", name: "A", shortDescription: "B", longDescription: "C" };
const category = { name: "Travel", discounts: [discount] };

/** A partner a row: searched by any part of their names, a few dozen in all. */
const small = new Set(["integrations"]);

type Asked = [method: Required<Call>["method"], url: string, token: string, payload?: object];

test.each<Asked>([
  ["GET", "/integrations", "member"],
  ["GET", "/integrations", "cd"],
  ["GET", "/integrations/1", "cd"],
  ["GET", "/integrations/night-train", "member"],
  ["POST", "/integrations", "cd", buildIntegration({ code: "day-train" })],
  ["PUT", "/integrations/1", "cd", { description: "Twenty percent off." }],
  ["POST", "/integrations/1/codes", "cd", ["THREE"]],
  ["POST", "/integrations/1/claim", "member"],
  ["GET", "/codes/mine", "member"],
  ["DELETE", "/integrations/1", "cd"],
  ["GET", "/categories", "member"],
  ["GET", "/categories/1", "member"],
  ["PUT", "/categories/1", "cd", category],
  ["DELETE", "/categories/1", "cd"],
])("an index serves each statement of %s %s as %s", async (...asked) => {
  const [method, url, token, payload] = asked;
  const statements = await discounts.queries.during(() =>
    call(discounts, url, { method, token, ...(payload === undefined ? {} : { payload }) }),
  );

  expect(statements).not.toHaveLength(0);
  const scans = await findTableScans(discounts.url, statements);
  expect(scans.filter(({ table }) => !small.has(table))).toEqual([]);
});
