import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { addIntegration, call, startDiscounts, type Discounts } from "./start-discounts.ts";

let discounts: Discounts;

beforeAll(async () => {
  discounts = await startDiscounts();
});

afterAll(() => discounts.stop());

function claim(id: number | string, token = "member") {
  return call(discounts, `/integrations/${id}/claim`, { method: "POST", token });
}

async function readMails() {
  const { rows } = await sql<{
    recipients: string[];
    subject: string;
    parameters: { body: string };
  }>`
    select recipients, subject, parameters from outbox order by created_at desc`.execute(
    discounts.db,
  );
  return rows;
}

function listCodes(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `CODE-${index}`);
}

test("gives the oldest free code and promises a mail with it", async () => {
  const id = await addIntegration(discounts, { name: "Bed & <b>Breakfast</b>" });
  await call(discounts, `/integrations/${id}/codes`, {
    method: "POST",
    token: "cd",
    payload: ["FIRST", "SECOND"],
  });

  const answer = await claim(id);

  expect(answer).toMatchObject({
    status: 200,
    body: { success: true, data: { value: "FIRST", integration_id: id, claimed_by: 3 } },
  });
  const [mail] = await readMails();
  expect(mail).toMatchObject({
    recipients: ["member@example.org"],
    subject: "Your discount code for Bed & <b>Breakfast</b>",
  });
  expect(mail?.parameters.body).toContain("Bed &amp; &lt;b&gt;Breakfast&lt;/b&gt;");
  expect(mail?.parameters.body).toContain("FIRST");
});

test("claims by code as well as by id", async () => {
  await addIntegration(discounts, { code: "by-code" }, ["X"]);

  expect(await claim("BY-CODE")).toMatchObject({ status: 200 });
});

test("gives 50 people who come at once 20 distinct codes and 30 refusals", async () => {
  const id = await addIntegration(discounts, {}, listCodes(20));

  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, index) => claim(id, `member-${index}`)),
  );

  const given = answers.filter(({ status }) => status === 200);
  const refused = answers.filter(({ status }) => status === 403);
  expect(new Set(given.map(({ body }) => body.data.value)).size).toBe(20);
  expect(refused).toHaveLength(30);
  expect(new Set(refused.map(({ body }) => body.message))).toEqual(
    new Set(["No codes are left for this integration."]),
  );
});

test("never gives one person more than the quota, however many claims come at once", async () => {
  const id = await addIntegration(discounts, { quota_amount: 3 }, listCodes(30));

  const answers = await Promise.all(Array.from({ length: 50 }, () => claim(id)));

  expect(answers.filter(({ status }) => status === 200)).toHaveLength(3);
  expect(answers.filter(({ status }) => status === 403)).toHaveLength(47);
});

test.each([
  ["day", "2026-11-23T23:59:59.999Z", "2026-11-24T00:00:00.000Z"],
  ["month", "2026-11-30T23:59:59.999Z", "2026-12-01T00:00:00.000Z"],
  ["year", "2026-12-31T23:59:59.999Z", "2027-01-01T00:00:00.000Z"],
] as const)("a quota per %s starts anew with the next one in UTC", async (period, last, next) => {
  const id = await addIntegration(discounts, { quota_period: period }, listCodes(3));

  discounts.setNow(last);
  expect(await claim(id)).toMatchObject({ status: 200 });
  expect(await claim(id)).toMatchObject({ status: 403 });
  discounts.setNow(next);
  expect(await claim(id)).toMatchObject({ status: 200 });
});

test("counts the quota of each integration by itself", async () => {
  const [one, two] = [
    await addIntegration(discounts, {}, ["A"]),
    await addIntegration(discounts, {}, ["B"]),
  ];

  expect(await claim(one)).toMatchObject({ status: 200 });
  expect(await claim(two)).toMatchObject({ status: 200 });
});

test("says how the quota stands", async () => {
  const id = await addIntegration(discounts, { quota_period: "day" }, listCodes(2));
  await claim(id);

  expect((await claim(id)).body.message).toBe(
    "You have claimed 1 codes this day, and 1 are allowed. Please wait for the next day.",
  );
});

test("is for members of a body", async () => {
  const id = await addIntegration(discounts, {}, ["A"]);

  expect(await claim(id, "stranger")).toMatchObject({ status: 403 });
});

test("answers 404 for an integration that is not there", async () => {
  expect(await claim(404_404)).toMatchObject({ status: 404 });
});

test("takes a code only together with its mail", async () => {
  const id = await addIntegration(discounts, {}, ["A"]);
  await sql`alter table outbox rename to outbox_away`.execute(discounts.db);
  const failed = await claim(id);
  await sql`alter table outbox_away rename to outbox`.execute(discounts.db);

  expect(failed.status).toBe(500);
  expect(await claim(id)).toMatchObject({ status: 200, body: { data: { value: "A" } } });
});

test("a claim and a deletion at once leave no claimed code without its integration", async () => {
  const id = await addIntegration(discounts, {}, listCodes(10));

  const [deleted, ...claims] = await Promise.all([
    call(discounts, `/integrations/${id}`, { method: "DELETE", token: "cd" }),
    ...Array.from({ length: 10 }, (_, index) => claim(id, `member-${index}`)),
  ]);

  const isDeleted = deleted.status === 200;
  expect([200, 409]).toContain(deleted.status);
  expect(claims.filter(({ status }) => status === 200)).toHaveLength(isDeleted ? 0 : 10);
});

test("shows everybody their own codes only, newest first", async () => {
  discounts.setNow("2028-01-01T00:00:00.000Z");
  const one = await addIntegration(discounts, { name: "One" }, ["ONE"]);
  const two = await addIntegration(discounts, { name: "Two" }, ["TWO"]);
  await claim(one, "other");
  discounts.setNow("2028-01-02T00:00:00.000Z");
  await claim(two, "other");

  const answer = await call(discounts, "/codes/mine?limit=5", { token: "other" });
  const queries = await discounts.queries.during(() =>
    call(discounts, "/codes/mine", { token: "other" }),
  );

  expect(answer.body.meta).toEqual({ count: 2, offset: 0, limit: 5 });
  expect(answer.body.data).toMatchObject([
    { value: "TWO", claimed_at: "2028-01-02T00:00:00.000Z", integration: { name: "Two" } },
    { value: "ONE", integration: { name: "One" } },
  ]);
  expect(queries).toHaveLength(2);
});

test("adds the codes that are new and says how many were not", async () => {
  const id = await addIntegration(discounts, {}, ["A"]);

  const answer = await call(discounts, `/integrations/${id}/codes`, {
    method: "POST",
    token: "cd",
    payload: ["A", "B", " B ", "C"],
  });

  expect(answer).toMatchObject({ status: 200, body: { data: { added: 2, skipped: 2 } } });
});

test.each([[[]], [[""]], [["  "]], [[5]], [{ codes: ["A"] }]])(
  "refuses %j as codes",
  async (payload) => {
    const id = await addIntegration(discounts, {});

    expect(
      await call(discounts, `/integrations/${id}/codes`, { method: "POST", token: "cd", payload }),
    ).toMatchObject({ status: 422 });
  },
);

test("adds no codes to an integration that is not there", async () => {
  expect(
    await call(discounts, "/integrations/404404/codes", {
      method: "POST",
      token: "cd",
      payload: ["A"],
    }),
  ).toMatchObject({ status: 404 });
});
