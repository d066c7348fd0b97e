import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { createDatabase, migrate } from "@myaegee/database";
import {
  buildSession,
  createTestDatabase,
  startFakeCore,
  startServiceProcess,
  type ServiceProcess,
} from "@myaegee/testing";
import Fastify from "fastify";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";

import type { Tables } from "../src/tables.ts";
import { makeEvent } from "./make-event.ts";
import { migrationsFolder } from "./start-events.ts";

const USERS = 60;
const KILL_AFTER = 15;

const names = Array.from({ length: USERS }, (_, index) => `user-${index + 1}`);
const core = await startFakeCore({
  sessions: Object.fromEntries(
    names.map((username, index) => [username, buildSession({ user: { id: index + 1, username } })]),
  ),
});
/** What reached the mailer: recipients by idempotency key. */
const mails = new Map<string, string>();
const mailer = Fastify();
mailer.post<{ Body: { idempotency_key: string; to: string[] } }>("/", async ({ body }, reply) => {
  mails.set(body.idempotency_key, body.to.join());
  return reply.code(202).send({ success: true, data: { ids: [] } });
});
const mailerUrl = await mailer.listen({ port: 0, host: "127.0.0.1" });
const { url: databaseUrl } = await createTestDatabase({
  migrate: async (url) => void (await migrate({ url, folder: migrationsFolder })),
});
const db = createDatabase<Tables>({ url: databaseUrl });
const children: ChildProcess[] = [];

afterAll(async () => {
  children.forEach((child) => child.kill("SIGKILL"));
  await core.stop();
  await mailer.close();
  await db.destroy();
});

test("a kill in the middle of many applications leaves none half-written and loses no mail", async () => {
  const event = await makeEvent(db);
  const first = await startProcess();
  const answered = await applyUntilKilled(first, event.id);

  const stored = await db.selectFrom("applications").select("email").execute();
  const second = await startProcess();
  // Whoever died held a mail for half a minute; nobody here waits as long.
  await sql`update outbox set next_attempt_at = now()`.execute(db);
  await expect.poll(countPromised, { timeout: 20_000 }).toBe(0);
  second.child.kill("SIGTERM");

  const emails = stored.map(({ email }) => email);
  expect(answered.length).toBeGreaterThanOrEqual(KILL_AFTER);
  expect(emails).toEqual(expect.arrayContaining(answered));
  expect([...mails.values()].toSorted(byText)).toEqual(emails.toSorted(byText));
}, 60_000);

/** The real process, as the image runs it. */
async function startProcess(): Promise<ServiceProcess> {
  const main = join(import.meta.dirname, "..", "src", "main.ts");
  const started = await startServiceProcess(main, {
    DATABASE_URL: databaseUrl,
    CORE_URL: core.url,
    MAILER_URL: mailerUrl,
    SERVICE_TOKEN: "0123456789abcdef",
  });
  children.push(started.child);
  return started;
}

/** Answers the addresses of those who were told that their application is there. */
async function applyUntilKilled(
  { child, address }: ServiceProcess,
  eventId: number,
): Promise<string[]> {
  const answered: string[] = [];
  const exit = once(child, "exit");
  await Promise.allSettled(
    names.map(async (name) => {
      const answer = await fetch(`${address}/single/${eventId}/applications`, {
        method: "POST",
        headers: { "content-type": "application/json", "x-auth-token": name },
        body: JSON.stringify({ body_id: 1, answers: [], agreed_to_privacy_policy: true }),
      });
      if (answer.status === 200 && answered.push(`${name}@example.org`) === KILL_AFTER) {
        child.kill("SIGKILL");
      }
    }),
  );
  await exit;
  return answered;
}

async function countPromised(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from outbox`.execute(db);
  return rows[0]?.count ?? 0;
}

function byText(a: string, b: string): number {
  return a.localeCompare(b);
}
