import { mailParameters, type MailParameters, type MailTemplate } from "@myaegee/contracts";
import { afterAll, beforeAll, expect, expectTypeOf, test } from "vitest";

import { asEvents, buildMail, postMail, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;

beforeAll(async () => {
  mailer = await startMailer();
});

afterAll(() => mailer.stop());

test("queues one message for each recipient", async () => {
  const { status, body } = await postMail(mailer, { to: ["a@example.org", "b@example.org"] });

  expect(status).toBe(202);
  expect(new Set(body.data.ids).size).toBe(2);
});

test("takes the template's name with .html as the real mailer does", async () => {
  expect(await postMail(mailer, { template: "confirm_email.html" })).toMatchObject({ status: 202 });
});

test.each([
  ["no credentials", {}],
  ["a wrong token", { ...asEvents, "x-service-token": "wrong" }],
  ["another service's name", { ...asEvents, "x-service": "core" }],
  ["an unknown service", { ...asEvents, "x-service": "nobody" }],
  ["a name from the prototype", { ...asEvents, "x-service": "constructor" }],
  ["an empty token of an unknown service", { "x-service": "nobody", "x-service-token": "" }],
  ["a person's token", { "x-auth-token": "admin" }],
])("refuses %s", async (_what, headers) => {
  const answer = await mailer.app.inject({
    method: "POST",
    url: "/",
    headers,
    payload: buildMail(),
  });

  expect(answer.statusCode).toBe(401);
});

test("names the known templates when it does not know one", async () => {
  const { status, body } = await postMail(mailer, { template: "mail-change" });

  expect(status).toBe(404);
  expect(body.message).toContain("mail_change");
});

test.each([
  [{ parameters: {} }, { "parameters.token": ["is required"] }],
  [{ parameters: { token: 5 } }, { "parameters.token": ["must be string"] }],
  [
    { to: ["a@example.org", "b@example.org"], parameters: [{ token: "a" }, {}] },
    { "parameters.1.token": ["is required"] },
  ],
  [
    { to: ["a@example.org", "b@example.org"], parameters: [{ token: "a" }] },
    {
      parameters: ["A list must have one entry for each of the 2 recipients, this one has 1."],
    },
  ],
  [{ to: undefined }, { to: ["is required"] }],
  [{ subject: undefined }, { subject: ["is required"] }],
])("answers 422 by field for %j", async (mail, errors) => {
  const { status, body } = await postMail(mailer, mail);

  expect(status).toBe(422);
  expect(body).toEqual({ success: false, errors });
});

test.each([{ to: "no-address" }, { to: [] }, { to: "a@b.c\r\nBcc: x@y.z" }])(
  "refuses the recipients %j",
  async (mail) => {
    expect(await postMail(mailer, mail)).toMatchObject({ status: 422 });
  },
);

test("answers the same ids for the same key and queues nothing more", async () => {
  const mail = { to: ["a@example.org", "b@example.org"], idempotency_key: "events:1" };
  const first = await postMail(mailer, mail);
  const second = await postMail(mailer, mail);

  expect(second).toEqual(first);
});

test("answers the same ids to twenty posts of one key at once", async () => {
  const mail = { to: ["a@example.org", "b@example.org"], idempotency_key: "events:2" };
  const answers = await Promise.all(Array.from({ length: 20 }, () => postMail(mailer, mail)));

  expect(new Set(answers.map(({ body }) => body.data.ids.join())).size).toBe(1);
  const rows = await mailer.db
    .selectFrom("messages")
    .select("id")
    .where("idempotency_key", "=", "events:2")
    .execute();
  expect(rows).toHaveLength(2);
});

test("keeps the keys of two services apart", async () => {
  const mail = buildMail({ idempotency_key: "same" });
  const events = await postMail(mailer, mail);
  const core = await mailer.app.inject({
    method: "POST",
    url: "/",
    headers: { "x-service": "core", "x-service-token": "core-token-0123456789" },
    payload: mail,
  });

  expect(core.json().data.ids).not.toEqual(events.body.data.ids);
});

test("lists templates with their required parameters", async () => {
  const answer = await mailer.app.inject({ url: "/templates", headers: asEvents });

  expect(answer.json().data).toContainEqual(
    expect.objectContaining({ name: "mail_change", required: ["token"] }),
  );
});

test("knows exactly the templates by whose names and parameters the services are built", async () => {
  const answer = await mailer.app.inject({ url: "/templates", headers: asEvents });

  const names = answer.json().data.map(({ name }: { name: string }) => name);
  expect(names.toSorted()).toEqual(Object.keys(mailParameters).toSorted());
  expectTypeOf<"mail-change">().not.toExtend<MailTemplate>();
  expectTypeOf<{ name: string }>().not.toExtend<MailParameters<"mail_change">>();
});

test("renders a preview and sends nothing", async () => {
  const answer = await mailer.app.inject({
    method: "POST",
    url: "/render",
    headers: { "x-auth-token": "viewer" },
    payload: { template: "password_reset", parameters: { token: "abc" } },
  });

  expect(answer.statusCode).toBe(200);
  expect(answer.json().data.text).toContain("https://my.example.org/password_confirm?token=abc");
});

test.each([
  [{ method: "GET", url: "/templates" }, 401],
  [{ method: "GET", url: "/templates", headers: { "x-auth-token": "member" } }, 403],
  [{ method: "POST", url: "/render" }, 401],
  [{ method: "POST", url: "/render", headers: { "x-auth-token": "member" } }, 403],
] as const)("answers %j with %i", async (request, status) => {
  const answer = await mailer.app.inject(request);

  expect(answer.statusCode).toBe(status);
});

test.each([
  [{ template: "nothing", parameters: {} }, 404],
  [{ template: "password_reset", parameters: {} }, 422],
])("refuses to render %j with %i", async (payload, status) => {
  const answer = await mailer.app.inject({
    method: "POST",
    url: "/render",
    headers: asEvents,
    payload,
  });

  expect(answer.statusCode).toBe(status);
});
