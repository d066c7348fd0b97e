import { afterAll, beforeAll, expect, test } from "vitest";

import { seed } from "../src/seed/seed.ts";
import { call, startDiscounts, type Discounts } from "./start-discounts.ts";

let discounts: Discounts;

beforeAll(async () => {
  discounts = await startDiscounts();
});

afterAll(() => discounts.stop());

const discount = {
  icon: "train",
  name: "Maps",
  shortDescription: "Short",
  longDescription: "Long",
};
const payload = { name: "Travel", discounts: [discount] };
const asManager = { token: "cd" } as const;

test("keeps categories: add, read, change, delete", async () => {
  const added = await call(discounts, "/categories", { ...asManager, method: "POST", payload });
  const { id } = added.body.data;
  const changed = await call(discounts, `/categories/${id}`, {
    ...asManager,
    method: "PUT",
    payload: { discounts: [discount, { ...discount, name: "Bikes" }] },
  });
  const read = await call(discounts, `/categories/${id}`);
  const list = await call(discounts, "/categories");
  const deleted = await call(discounts, `/categories/${id}`, { ...asManager, method: "DELETE" });
  const again = await call(discounts, `/categories/${id}`, { ...asManager, method: "DELETE" });

  expect(added).toMatchObject({ status: 200, body: { data: payload } });
  expect(changed.body.data).toMatchObject({ name: "Travel", discounts: [{}, { name: "Bikes" }] });
  expect(read.body.data).toEqual(changed.body.data);
  expect(list.body.data).toContainEqual(read.body.data);
  expect(list.body.meta).toMatchObject({ limit: 500, offset: 0 });
  expect(deleted.status).toBe(200);
  expect(again.status).toBe(404);
});

test.each([
  [{ name: "Travel", discounts: [] }, "discounts"],
  [{ name: "Travel" }, "discounts"],
  [{ name: "", discounts: [discount] }, "name"],
  [{ name: "Travel", discounts: [{ ...discount, icon: undefined }] }, "discounts.0.icon"],
])("refuses %j", async (fault, field) => {
  const answer = await call(discounts, "/categories", {
    ...asManager,
    method: "POST",
    payload: fault,
  });

  expect(answer.status).toBe(422);
  expect(answer.body.errors[field]).toBeDefined();
});

test.each([
  ["POST", "/categories"],
  ["PUT", "/categories/1"],
  ["DELETE", "/categories/1"],
] as const)("answers %s %s with 401 to strangers and 403 to members", async (method, url) => {
  expect(await call(discounts, url, { method, token: "" })).toMatchObject({ status: 401 });
  expect(await call(discounts, url, { method, payload })).toMatchObject({ status: 403 });
});

test.each([
  ["GET", "/categories/404404", 404],
  ["PUT", "/categories/404404", 404],
  ["GET", "/categories/x", 400],
  ["GET", "/categories/%00", 400],
] as const)("answers %s %s with %i", async (method, url, status) => {
  expect(
    await call(discounts, url, { ...asManager, method, ...(method === "PUT" ? { payload } : {}) }),
  ).toMatchObject({ status });
});

test("seeds two integrations with codes and two categories, once", async () => {
  await seed(discounts.url);
  await seed(discounts.url);

  const integrations = await call(discounts, "/integrations", asManager);
  const categories = await call(discounts, "/categories");

  expect(integrations.body.data).toMatchObject([
    { code: "hostel-nights", free_codes: 50 },
    { code: "night-train", free_codes: 50 },
  ]);
  expect(categories.body.meta.count).toBe(2);
});

test("asks the database as often for one category as for many", async () => {
  await seed(discounts.url);

  const one = await discounts.queries.during(() => call(discounts, "/categories?limit=1"));
  const many = await discounts.queries.during(() => call(discounts, "/categories"));

  expect([one.length, many.length]).toEqual([2, 2]);
});

test("describes every route in OpenAPI", async () => {
  const { body } = await call(discounts, "/openapi.json", { token: "" });

  expect(Object.keys(body.paths).toSorted()).toEqual([
    "/categories",
    "/categories/{id}",
    "/codes/mine",
    "/healthcheck",
    "/integrations",
    "/integrations/{id}",
    "/integrations/{id}/claim",
    "/integrations/{id}/codes",
    "/readiness",
  ]);
});

test("shows codes in the metrics", async () => {
  const answer = await discounts.app.inject("/metrics");

  expect(answer.body).toMatch(/^discounts_codes_free \d+$/m);
  expect(answer.body).toMatch(/^discounts_outbox_pending \d+$/m);
});
