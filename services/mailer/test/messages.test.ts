import { randomUUID } from "node:crypto";

import { afterAll, beforeAll, expect, test } from "vitest";

import { asEvents, postMail, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;
let ids: string[];

beforeAll(async () => {
  mailer = await startMailer();
  const first = await postMail(mailer, { to: "Anna@example.org" });
  const second = await postMail(mailer, { template: "mail_change", to: "ben@example.org" });
  ids = [...first.body.data.ids, ...second.body.data.ids];
});

afterAll(() => mailer.stop());

async function get(url: string, token = "viewer") {
  const answer = await mailer.app.inject({ url, headers: { "x-auth-token": token } });
  return { status: answer.statusCode, body: answer.json() };
}

test("lists messages, newest first, a page at a time", async () => {
  const all = await get("/messages");
  const second = await get("/messages?limit=1&offset=1");

  expect(all.body.data.map(({ id }: { id: string }) => id)).toEqual(ids.toReversed());
  expect(second.body).toMatchObject({
    data: [{ id: ids[0] }],
    meta: { count: 2, limit: 1, offset: 1 },
  });
});

test.each([
  ["status=queued", 2],
  ["status=sent", 0],
  ["template=mail_change", 1],
  ["to=anna@EXAMPLE.org", 1],
  ["to=an%25", 0],
])("filters by %s", async (query, count) => {
  const { body } = await get(`/messages?${query}`);

  expect(body.meta.count).toBe(count);
});

test("asks the database as often for one message as for many", async () => {
  const one = await mailer.queries.during(() => get("/messages?limit=1"));
  const many = await mailer.queries.during(() => get("/messages"));

  expect([one.length, many.length]).toEqual([2, 2]);
});

test("shows the names of parameters and never their values", async () => {
  const answer = await mailer.app.inject({ url: `/messages/${ids[0]}`, headers: asEvents });

  expect(answer.json().data).toMatchObject({
    to: "Anna@example.org",
    status: "queued",
    attempts: 0,
    parameters: { token: "***" },
  });
  expect(answer.body).not.toContain("5ecret");
});

test.each([
  ["/messages", "nobody", 401],
  ["/messages", "member", 403],
  ["/messages/00000000-0000-4000-8000-000000000000", "member", 403],
  ["/messages/00000000-0000-4000-8000-000000000000", "viewer", 404],
  ["/messages/1", "viewer", 400],
  ["/messages?status=lost", "viewer", 422],
  ["/messages?limit=501", "viewer", 422],
])("answers GET %s of %s with %i", async (url, token, status) => {
  expect(await get(url, token)).toMatchObject({ status });
});

test("keeps the list from services, which know the ids of their own", async () => {
  const answer = await mailer.app.inject({ url: "/messages", headers: asEvents });

  expect(answer.statusCode).toBe(401);
});

test.each([
  ["viewer", 403],
  ["nobody", 401],
])("answers a retry by %s with %i", async (token, status) => {
  const answer = await mailer.app.inject({
    method: "POST",
    url: `/messages/${ids[0]}/retry`,
    headers: { "x-auth-token": token },
  });

  expect(answer.statusCode).toBe(status);
});

test("retries neither what is not dead nor what is not there", async () => {
  const headers = { "x-auth-token": "admin" };
  const queued = await mailer.app.inject({
    method: "POST",
    url: `/messages/${ids[0]}/retry`,
    headers,
  });
  const unknown = await mailer.app.inject({
    method: "POST",
    url: `/messages/${randomUUID()}/retry`,
    headers,
  });

  expect(queued.statusCode).toBe(403);
  expect(queued.json().message).toBe("Only a dead message can be tried again, this one is queued.");
  expect(unknown.statusCode).toBe(404);
});

test("answers admins with 503 while core is away, and services as before", async () => {
  mailer.core.breakDown();
  const admin = await get("/messages", "not-yet-seen");
  const service = await mailer.app.inject({ url: `/messages/${ids[0]}`, headers: asEvents });
  mailer.core.repair();

  expect(admin.status).toBe(503);
  expect(service.statusCode).toBe(200);
});
