import { afterAll, beforeAll, expect, test } from "vitest";

import {
  addIntegration,
  buildIntegration,
  call,
  startDiscounts,
  type Discounts,
} from "./start-discounts.ts";

let discounts: Discounts;

beforeAll(async () => {
  discounts = await startDiscounts();
});

afterAll(() => discounts.stop());

const asManager = { token: "cd" } as const;

test("keeps integrations: add, read by id and by code, change, delete", async () => {
  const added = await call(discounts, "/integrations", {
    ...asManager,
    method: "POST",
    payload: buildIntegration({ code: "Slow-Bus" }),
  });
  const { id } = added.body.data;
  const changed = await call(discounts, `/integrations/${id}`, {
    ...asManager,
    method: "PUT",
    payload: { quota_amount: 4 },
  });
  const byCode = await call(discounts, "/integrations/slow-bus");
  const deleted = await call(discounts, `/integrations/${id}`, { ...asManager, method: "DELETE" });
  const gone = await call(discounts, `/integrations/${id}`);

  expect(added).toMatchObject({ status: 200, body: { success: true, data: { code: "Slow-Bus" } } });
  expect(changed.body.data).toMatchObject({ id, name: "Night Train", quota_amount: 4 });
  expect(byCode.body.data).toMatchObject({ id, quota_amount: 4 });
  expect(deleted.status).toBe(200);
  expect(gone).toMatchObject({ status: 404, body: { message: "Integration is not found." } });
});

test("shows how many codes are free and claimed to managers only", async () => {
  const id = await addIntegration(discounts, {}, ["a", "b", "c"]);
  await call(discounts, `/integrations/${id}/claim`, { method: "POST" });

  const manager = await call(discounts, `/integrations/${id}`, asManager);
  const member = await call(discounts, `/integrations/${id}`);

  expect(manager.body.data).toMatchObject({ free_codes: 2, claimed_codes: 1 });
  expect(member.body.data).not.toHaveProperty("free_codes");
});

test("asks the database as often for one integration as for many", async () => {
  const many = await discounts.queries.during(() => call(discounts, "/integrations", asManager));
  const one = await discounts.queries.during(() =>
    call(discounts, "/integrations?limit=1", asManager),
  );

  expect(many).toHaveLength(2);
  expect(one).toHaveLength(2);
});

test("searches by name and code, a page at a time", async () => {
  await addIntegration(discounts, { name: "Zebra 100%", code: "zebra" });
  await addIntegration(discounts, { name: "Zebra 1000", code: "zoo" });

  const byName = await call(discounts, "/integrations?query=zebra&limit=1");
  const literal = await call(discounts, "/integrations?query=100%25");
  const hostile = await call(discounts, "/integrations?query=%27%29%20or%201%3D1--");

  expect(byName.body.meta).toEqual({ count: 2, offset: 0, limit: 1 });
  expect(literal.body.data).toMatchObject([{ name: "Zebra 100%" }]);
  expect(hostile).toMatchObject({ status: 200, body: { data: [] } });
});

test("refuses to delete an integration whose codes were claimed", async () => {
  const id = await addIntegration(discounts, {}, ["a"]);
  await call(discounts, `/integrations/${id}/claim`, { method: "POST" });

  expect(
    await call(discounts, `/integrations/${id}`, { ...asManager, method: "DELETE" }),
  ).toMatchObject({ status: 409, body: { success: false } });
});

test("deletes an integration with free codes, which the real service cannot", async () => {
  const id = await addIntegration(discounts, {}, ["a", "b"]);

  expect(
    await call(discounts, `/integrations/${id}`, { ...asManager, method: "DELETE" }),
  ).toMatchObject({ status: 200 });
});

test("refuses a second integration with the same code, whatever its case", async () => {
  const payload = buildIntegration({ code: "twice" });
  await call(discounts, "/integrations", { ...asManager, method: "POST", payload });

  const second = await call(discounts, "/integrations", {
    ...asManager,
    method: "POST",
    payload: { ...payload, code: "TWICE" },
  });

  expect(second).toMatchObject({
    status: 422,
    body: { errors: { code: ["There is an integration with this code already."] } },
  });
});

test.each([
  [{ quota_amount: 0 }, "quota_amount"],
  [{ quota_amount: 1.5 }, "quota_amount"],
  [{ quota_period: "week" }, "quota_period"],
  [{ code: "123" }, "code"],
  [{ code: "with space" }, "code"],
  [{ name: "  " }, "name"],
  [{ name: undefined }, "name"],
  [{ description: "" }, "description"],
])("refuses %j", async (fault, field) => {
  const answer = await call(discounts, "/integrations", {
    ...asManager,
    method: "POST",
    payload: buildIntegration(fault),
  });

  expect(answer.status).toBe(422);
  expect(answer.body.errors).toHaveProperty(field);
});

test("assigns no field that is not the caller's to set", async () => {
  const answer = await call(discounts, "/integrations", {
    ...asManager,
    method: "POST",
    payload: buildIntegration({ code: "mass", id: 999_999, created_at: "1999-01-01T00:00:00Z" }),
  });

  expect(answer.body.data.id).not.toBe(999_999);
  expect(answer.body.data.created_at).not.toContain("1999");
});

test.each([
  ["GET", "/integrations"],
  ["GET", "/integrations/1"],
  ["POST", "/integrations"],
  ["PUT", "/integrations/1"],
  ["DELETE", "/integrations/1"],
  ["POST", "/integrations/1/codes"],
  ["POST", "/integrations/1/claim"],
  ["GET", "/codes/mine"],
] as const)("answers %s %s with 401 to strangers and 403 to services", async (method, url) => {
  expect(await call(discounts, url, { method, token: "" })).toMatchObject({ status: 401 });
  expect(await call(discounts, url, { method, token: "unknown" })).toMatchObject({ status: 401 });
  expect(await call(discounts, url, { method, token: "events" })).toMatchObject({ status: 403 });
});

test.each([
  ["POST", "/integrations"],
  ["PUT", "/integrations/1"],
  ["DELETE", "/integrations/1"],
  ["POST", "/integrations/1/codes"],
] as const)("answers %s %s with 403 to members", async (method, url) => {
  expect(await call(discounts, url, { method })).toMatchObject({ status: 403 });
});

test.each([
  ["PUT", "/integrations/404404"],
  ["PUT", "/integrations/99999999999999"],
  ["DELETE", "/integrations/no-such-code"],
] as const)("answers %s %s with 404", async (method, url) => {
  expect(
    await call(discounts, url, { ...asManager, method, payload: { name: "X" } }),
  ).toMatchObject({ status: 404 });
});

test("answers 503 while core is away", async () => {
  discounts.core.breakDown();
  const answer = await call(discounts, "/integrations", { token: "not-yet-seen" });
  const health = await call(discounts, "/healthcheck", { token: "" });
  const readiness = await call(discounts, "/readiness", { token: "" });
  discounts.core.repair();

  expect(answer.status).toBe(503);
  expect(health.status).toBe(200);
  expect(readiness).toMatchObject({ status: 503, body: { message: "Not ready: core." } });
});
