import { afterEach, beforeEach, expect, test } from "vitest";

import { asEvents, postMail, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;

beforeEach(async () => {
  mailer = await startMailer();
});

afterEach(() => mailer.stop());

async function readStatus(id: string): Promise<{ status: string; attempts: number }> {
  const answer = await mailer.app.inject({ url: `/messages/${id}`, headers: asEvents });
  return answer.json().data;
}

async function post(mail: object = {}): Promise<string> {
  const { body } = await postMail(mailer, mail);
  return body.data.ids[0];
}

test("sends a separate mail to each recipient, as HTML and as text", async () => {
  mailer.startDelivery();
  await postMail(mailer, {
    template: "new_member",
    to: ["a@example.org", "b@example.org"],
    parameters: [
      { member_firstname: "Anna", body_name: "AEGEE-Testburg" },
      { member_firstname: "Ben", body_name: "AEGEE-Testburg" },
    ],
    reply_to: "board@example.org",
  });

  const anna = await mailer.sink.waitFor(({ to }) => to.includes("a@example.org"));
  const ben = await mailer.sink.waitFor(({ to }) => to.includes("b@example.org"));

  expect(anna.to).toEqual(["a@example.org"]);
  expect(anna.text).toContain("Welcome to AEGEE, Anna");
  expect(ben.html).toContain("Welcome to AEGEE, Ben");
  expect(ben.from).toBe("noreply@example.org");
  expect(ben.headers.get("reply-to")).toMatchObject({ text: "board@example.org" });
});

test("copies go to the copied", async () => {
  mailer.startDelivery();
  await postMail(mailer, { cc: "c@example.org", bcc: ["d@example.org"] });

  const mail = await mailer.sink.waitFor(() => true);

  expect(mail.to).toEqual(["mara@example.org", "c@example.org", "d@example.org"]);
  expect(mail.headers.has("bcc")).toBe(false);
});

test("a subject cannot add headers", async () => {
  mailer.startDelivery();
  await postMail(mailer, { subject: "Hello\r\nBcc: victim@example.org" });

  const mail = await mailer.sink.waitFor(() => true);

  expect(mail.to).toEqual(["mara@example.org"]);
  expect(mail.headers.has("bcc")).toBe(false);
});

test("forgets the parameters once a mail is sent", async () => {
  mailer.startDelivery();
  const id = await post();

  await expect.poll(() => readStatus(id)).toMatchObject({ status: "sent", parameters: {} });
});

test("tries again when the SMTP server is not ready", async () => {
  mailer.sink.refuseNext(2);
  mailer.startDelivery();
  const id = await post();

  await expect.poll(() => readStatus(id)).toMatchObject({ status: "sent", attempts: 3 });
  expect(mailer.sink.messages).toHaveLength(1);
});

test("gives up after five attempts, and sends when a person asks again", async () => {
  mailer.sink.refuseNext(5);
  mailer.startDelivery();
  const id = await post();
  await expect
    .poll(() => readStatus(id), { timeout: 5000 })
    .toMatchObject({ status: "dead", attempts: 5, last_error: expect.stringContaining("451") });

  const answer = await mailer.app.inject({
    method: "POST",
    url: `/messages/${id}/retry`,
    headers: { "x-auth-token": "admin" },
  });

  expect(answer.statusCode).toBe(200);
  await expect.poll(() => readStatus(id)).toMatchObject({ status: "sent", attempts: 1 });
});

test("gives up a mail whose sender was killed each time, without a sixth attempt", async () => {
  const { body } = await postMail(mailer);
  await mailer.db.updateTable("messages").set({ attempts: 5, status: "sending" }).execute();
  mailer.startDelivery();

  await expect.poll(() => readStatus(body.data.ids[0])).toMatchObject({ status: "dead" });
  expect(mailer.sink.messages).toEqual([]);
});

test("keeps a mail whose template a newer version dropped, until it is dead", async () => {
  const { body } = await postMail(mailer);
  await mailer.db.updateTable("messages").set({ template: "of_last_year" }).execute();
  mailer.startDelivery();

  await expect
    .poll(() => readStatus(body.data.ids[0]))
    .toMatchObject({
      status: "dead",
      last_error: "Template of_last_year exists no more.",
    });
});

test("waits longer after each failed attempt", async () => {
  mailer.sink.refuseNext(1);
  mailer.startDelivery({ retryMs: 60_000 });
  const id = await post();

  await expect.poll(() => readStatus(id)).toMatchObject({ status: "queued", attempts: 1 });
  const { rows } = await readWait(id);
  expect(rows).toEqual([{ seconds: 60 }]);
});

async function readWait(id: string) {
  const { next_attempt_at: next } = await mailer.db
    .selectFrom("messages")
    .select("next_attempt_at")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return { rows: [{ seconds: Math.round((Date.parse(next) - Date.now()) / 10_000) * 10 }] };
}

test("two mailers share the queue and send each mail once", async () => {
  const to = Array.from({ length: 60 }, (_, index) => `m${index}@example.org`);
  mailer.startDelivery();
  mailer.startDelivery();
  await postMail(mailer, { to });

  await mailer.sink.waitFor(() => mailer.sink.messages.length >= 60, 10_000);
  expect(new Set(mailer.sink.messages.flatMap((mail) => mail.to)).size).toBe(60);
  expect(mailer.sink.messages).toHaveLength(60);
});

test("no token, parameter or service secret is ever in the log", async () => {
  mailer.sink.refuseNext(1);
  mailer.startDelivery();
  const id = await post();
  await postMail(mailer, { parameters: { token: ["5ecret-t0ken"] } });
  await postMail(mailer, { template: "5ecret-t0ken" });
  await expect.poll(() => readStatus(id)).toMatchObject({ status: "sent" });

  expect(mailer.logs.text()).toContain("a mail could not be sent");
  expect(mailer.logs.text()).not.toContain("5ecret-t0ken");
  expect(mailer.logs.text()).not.toContain(asEvents["x-service-token"]);
});
