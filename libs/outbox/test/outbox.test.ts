import { readFile } from "node:fs/promises";

import { MailRefusedError, ServiceCallError, type MailRequest } from "@myaegee/contracts";
import { createDatabase } from "@myaegee/database";
import { createApp, type Loop } from "@myaegee/service-kit";
import { createTestDatabase } from "@myaegee/testing";
import { sql, type Kysely } from "kysely";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";

import { createOutboxGauges, enqueueMail, startOutbox, type OutboxOptions } from "../src/index.ts";

let db: Kysely<unknown>;
let sent: MailRequest[];
let requestIds: (string | undefined)[];
let fault: Error | null;
const outboxes: Loop[] = [];

beforeAll(async () => {
  const { url } = await createTestDatabase({ migrate: createTable });
  db = createDatabase({ url });
});

beforeEach(async () => {
  await sql`delete from outbox`.execute(db);
  sent = [];
  requestIds = [];
  fault = null;
});

afterEach(async () => {
  await Promise.all(outboxes.splice(0).map((outbox) => outbox.stop()));
});

afterAll(() => db.destroy());

async function createTable(url: string): Promise<void> {
  const template = createDatabase({ url });
  await sql
    .raw(await readFile(`${import.meta.dirname}/../src/outbox.sql`, "utf8"))
    .execute(template);
  await template.destroy();
}

function start(options: Partial<OutboxOptions<unknown>> = {}): void {
  const mailer = {
    async sendMail(request: MailRequest, requestId?: string) {
      sent.push(request);
      requestIds.push(requestId);
      if (fault !== null) {
        throw fault;
      }
      return { ids: [] };
    },
  };
  const log = { error: () => {}, warn: () => {} };
  outboxes.push(startOutbox({ db, mailer, service: "things", log, pollMs: 10, ...options }));
}

function enqueue(to: string | string[] = "a@example.org"): Promise<void> {
  return db
    .transaction()
    .execute((trx) =>
      enqueueMail(trx, { template: "mail_change", to, parameters: { token: "t" } }),
    );
}

async function countRows(): Promise<{ pending: number; dead: number }> {
  const [pending, dead] = await Promise.all(createOutboxGauges(db).map((gauge) => gauge.read()));
  return { pending: pending ?? 0, dead: dead ?? 0 };
}

test("carries the id of the request that promised a mail on to the mailer", async () => {
  const app = await createApp({ name: "things", description: "Things." });
  app.post("/", async () => {
    await enqueue();
    return { success: true };
  });
  await app.inject({ method: "POST", url: "/", headers: { "x-request-id": "of-the-person" } });
  start();

  await expect.poll(() => requestIds).toEqual(["of-the-person"]);
  await app.close();
});

test("hands a mail over with a key of its own, then forgets it", async () => {
  start();
  await enqueue(["a@example.org", "b@example.org", "a@example.org"]);

  await expect.poll(countRows).toEqual({ pending: 0, dead: 0 });
  expect(sent).toEqual([
    {
      template: "mail_change",
      to: ["a@example.org", "b@example.org"],
      subject: "Please confirm your new email address",
      parameters: { token: "t" },
      idempotency_key: expect.stringMatching(/^things:[0-9a-f-]{36}$/),
    },
  ]);
});

test("sends nothing for a transaction that was rolled back", async () => {
  const rolledBack = db.transaction().execute(async (trx) => {
    await enqueueMail(trx, { template: "mail_change", to: "a@b.c", parameters: { token: "t" } });
    throw new Error("changed my mind");
  });

  await expect(rolledBack).rejects.toThrow("changed my mind");
  expect(await countRows()).toEqual({ pending: 0, dead: 0 });
});

test("sends nothing to nobody", async () => {
  await enqueue([]);

  expect(await countRows()).toEqual({ pending: 0, dead: 0 });
});

test("keeps a mail while the mailer is away and tries again under the same key", async () => {
  fault = new ServiceCallError("away");
  await enqueue();
  start();
  await expect.poll(() => sent.length).toBe(1);

  fault = null;

  await expect.poll(countRows, { timeout: 5000 }).toEqual({ pending: 0, dead: 0 });
  expect(new Set(sent.map((mail) => mail.idempotency_key)).size).toBe(1);
});

test("buries what the mailer refuses for good and goes on with the next", async () => {
  fault = new MailRefusedError(422, "token is missing");
  await enqueue();
  start();

  await expect.poll(countRows).toEqual({ pending: 0, dead: 1 });
  fault = null;
  await enqueue();
  await expect.poll(countRows).toEqual({ pending: 0, dead: 1 });
});

test("keeps a mail that is refused because of the set-up", async () => {
  fault = new MailRefusedError(401, "unknown service");
  await enqueue();
  start();

  await expect.poll(() => sent.length).toBe(1);
  expect(await countRows()).toEqual({ pending: 1, dead: 0 });
});

test("delivers what a killed instance had taken once its lease is over", async () => {
  await enqueue();
  await sql`update outbox set next_attempt_at = now() + interval '300 ms', attempts = 1`.execute(
    db,
  );
  start();

  await expect.poll(countRows, { timeout: 5000 }).toEqual({ pending: 0, dead: 0 });
  expect(sent).toHaveLength(1);
});

test("two instances share the work without sending twice", async () => {
  await Promise.all(Array.from({ length: 40 }, (_, index) => enqueue(`m${index}@example.org`)));
  start();
  start();

  await expect.poll(countRows, { timeout: 10_000 }).toEqual({ pending: 0, dead: 0 });
  expect(sent).toHaveLength(40);
});
