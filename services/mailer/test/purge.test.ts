import { sql } from "kysely";
import { afterEach, beforeEach, expect, test } from "vitest";

import { purgeSent, startPurge } from "../src/purge/purge-sent.ts";
import { postMail, startMailer, type Mailer } from "./start-mailer.ts";

let mailer: Mailer;

beforeEach(async () => {
  mailer = await startMailer();
});

afterEach(() => mailer.stop());

const silent = { info: () => {}, error: () => {} };

/** Messages of a status that were last touched so many days ago; their recipients say so. */
async function insertMessages(status: string, days: number, count = 1): Promise<void> {
  await sql`
    insert into messages (service, position, template, recipient, subject, parameters, status, created_at, sent_at)
    select 'events', 0, 'custom', ${`${status}-${days}@example.org`}, 'x', '{}', ${status},
           now() - make_interval(days => ${days}),
           case when ${status} = 'sent' then now() - make_interval(days => ${days}) end
      from generate_series(1, ${count}::int)`.execute(mailer.db);
}

async function readRecipients(): Promise<string[]> {
  const rows = await mailer.db
    .selectFrom("messages")
    .select("recipient")
    .orderBy("recipient")
    .execute();
  return rows.map(({ recipient }) => recipient);
}

test("what was sent longer ago than the setting says goes; what is newer, waits or is dead stays", async () => {
  await insertMessages("sent", 31);
  await insertMessages("sent", 29);
  await insertMessages("dead", 400);
  await insertMessages("queued", 400);
  await insertMessages("sending", 400);

  expect(await purgeSent(mailer.db, { keepDays: 30 })).toBe(1);

  expect(await readRecipients()).toEqual([
    "dead-400@example.org",
    "queued-400@example.org",
    "sending-400@example.org",
    "sent-29@example.org",
  ]);
});

test("another number of days keeps another number of messages", async () => {
  await insertMessages("sent", 3);
  await insertMessages("sent", 400);

  expect(await purgeSent(mailer.db, { keepDays: 1000 })).toBe(0);
  expect(await purgeSent(mailer.db, { keepDays: 2 })).toBe(2);
});

test("the job goes on until nothing old is left, beside another instance", async () => {
  await insertMessages("sent", 100, 25);
  await insertMessages("sent", 1);
  const options = { db: mailer.db, log: silent, keepDays: 90, batchSize: 4 };

  const jobs = [startPurge(options), startPurge(options)];

  await expect.poll(readRecipients).toEqual(["sent-1@example.org"]);
  await Promise.all(jobs.map((job) => job.stop()));
});

test("a mail that was sent just now is still known by its key", async () => {
  mailer.startDelivery();
  const first = await postMail(mailer, { idempotency_key: "once" });
  await mailer.sink.waitFor(() => true);

  await purgeSent(mailer.db, { keepDays: 1 });

  const again = await postMail(mailer, { idempotency_key: "once" });
  expect(again.body.data.ids).toEqual(first.body.data.ids);
});

test("the search for old messages has an index that serves it", async () => {
  const plan = await mailer.db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx);
    const { rows } =
      await sql`explain select id from messages where status = 'sent' and sent_at < now()`.execute(
        trx,
      );
    return JSON.stringify(rows);
  });

  expect(plan).toContain("messages_sent");
});
