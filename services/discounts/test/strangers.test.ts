import { findUntriedRoutes } from "@myaegee/testing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import {
  addIntegration,
  buildIntegration,
  call,
  startDiscounts,
  type Call,
  type Discounts,
} from "./start-discounts.ts";

let discounts: Discounts;

/** The ids that the routes below name exist, so that a refusal is about the caller. */
beforeAll(async () => {
  discounts = await startDiscounts();
  await addIntegration(discounts, {}, ["FREE"]);
  await call(discounts, "/categories", { token: "cd", method: "POST", payload: category });
});

afterAll(() => discounts.stop());

const discount = { icon: "train", name: "A", shortDescription: "B", longDescription: "C" };
const category = { name: "Travel", discounts: [discount] };

type KnownRoute = [method: Required<Call>["method"], url: string, status: number, body?: object];

const everyRoute: readonly KnownRoute[] = [
  ["GET", "/integrations", 200],
  ["GET", "/integrations/1", 200],
  ["POST", "/integrations", 403, buildIntegration()],
  ["PUT", "/integrations/1", 403, { quota_amount: 100 }],
  ["DELETE", "/integrations/1", 403],
  ["POST", "/integrations/1/codes", 403, ["MINE"]],
  ["POST", "/integrations/1/claim", 403],
  ["GET", "/codes/mine", 200],
  ["GET", "/categories", 200],
  ["GET", "/categories/1", 200],
  ["POST", "/categories", 403, category],
  ["PUT", "/categories/1", 403, category],
  ["DELETE", "/categories/1", 403],
];

describe("every route but the public ones", () => {
  test("is tried here", async () => {
    const tried = everyRoute.map(([method, url]) => `${method} ${url}`);

    expect(await findUntriedRoutes(discounts.app, tried)).toEqual([
      "GET /healthcheck",
      "GET /readiness",
    ]);
  });

  test.each(everyRoute)("%s %s answers 401 without a token and with a wrong one", async (...at) => {
    expect((await send(at, "")).status).toBe(401);
    expect((await send(at, "wrong")).status).toBe(401);
  });

  test.each(everyRoute)("%s %s answers a stranger with %i, and changes nothing", async (...at) => {
    const before = await readAll();

    const answer = await send(at, "stranger");

    expect(answer.status).toBe(at[2]);
    expect(await readAll()).toEqual(before);
  });
});

test("strangers see neither the codes of others nor how many there are", async () => {
  const mine = await call(discounts, "/codes/mine", { token: "stranger" });
  const one = await call(discounts, "/integrations/1", { token: "stranger" });

  expect(mine.body).toMatchObject({ data: [], meta: { count: 0 } });
  expect(one.body.data).not.toHaveProperty("free_codes");
  expect(JSON.stringify(one.body)).not.toContain("FREE");
});

function send([method, url, , payload]: KnownRoute, token: string) {
  return call(discounts, url, { method, token, ...(payload === undefined ? {} : { payload }) });
}

function readAll() {
  const { db } = discounts;
  return Promise.all([
    db.selectFrom("integrations").selectAll().orderBy("id").execute(),
    db.selectFrom("codes").selectAll().orderBy("id").execute(),
    db.selectFrom("categories").selectAll().orderBy("id").execute(),
  ]);
}
