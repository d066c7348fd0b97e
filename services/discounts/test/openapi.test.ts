import { findOpenApiFaults, findUnpagedLists } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startDiscounts, type Discounts } from "./start-discounts.ts";

let discounts: Discounts;
beforeAll(async () => {
  discounts = await startDiscounts();
});
afterAll(() => discounts.stop());

test("the API's description is valid OpenAPI, and names and groups every operation", async () => {
  expect(await findOpenApiFaults(discounts.app)).toEqual([]);
});

test("every list has a limit", async () => {
  expect(await findUnpagedLists(discounts.app)).toEqual([]);
});
