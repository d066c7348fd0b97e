import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

import { createDatabase, migrate } from "@myaegee/database";
import {
  buildBody,
  createTestDatabase,
  startFakeCore,
  startServiceProcess,
  type ServiceProcess,
} from "@myaegee/testing";
import Fastify from "fastify";
import { sql } from "kysely";
import { afterAll, expect, test } from "vitest";

import type { Tables } from "../src/tables.ts";
import { buildAgora, buildApplication, byText } from "./build.ts";
import { bodyMembers, members, sessions } from "./people.ts";
import { migrationsFolder } from "./start-statutory.ts";

const KILL_AFTER = 15;
const crowd = Object.keys(sessions).filter((name) => name.startsWith("crowd"));

const core = await startFakeCore({ sessions, members, bodyMembers, bodies: [buildBody()] });
/** What reached the mailer: `template: recipients`, by idempotency key. */
const mails = new Map<string, string>();
const mailer = Fastify();
mailer.post<{ Body: { idempotency_key: string; template: string; to: string[] } }>(
  "/",
  async ({ body }, reply) => {
    mails.set(body.idempotency_key, `${body.template}: ${body.to.join()}`);
    return reply.code(202).send({ success: true, data: { ids: [] } });
  },
);
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

test("a kill in the middle of many applications leaves none half-written, no number lost, and no mail", async () => {
  const first = await startProcess();
  await post(first, "/", { as: "chair", body: buildAgora() });
  await post(first, "/events/1/status", { as: "chair", method: "PUT", body: published });
  const answered = await applyUntilKilled(first);

  const stored = await db.selectFrom("applications").select(["user_id", "statutory_id"]).execute();
  const counter = await db
    .selectFrom("application_counters")
    .select("last_number")
    .executeTakeFirstOrThrow();
  const second = await startProcess();
  // Whoever died held a mail for half a minute; nobody here waits as long.
  await sql`update outbox set next_attempt_at = now()`.execute(db);
  await expect.poll(countPromised, { timeout: 20_000 }).toBe(0);
  second.child.kill("SIGTERM");

  const names = stored.map(({ user_id: id }) => `crowd${id - 1000}`);
  expect(answered.length).toBeGreaterThanOrEqual(KILL_AFTER);
  expect(names).toEqual(expect.arrayContaining(answered));
  expect(new Set(stored.map(({ statutory_id: id }) => id)).size).toBe(stored.length);
  expect(counter.last_number).toBe(stored.length);
  expect([...mails.values()].toSorted(byText)).toEqual(planMails(names).toSorted(byText));
}, 60_000);

const published = { status: "published" };

/** The applicant's and the board's, once each. */
function planMails(names: readonly string[]): string[] {
  return names.flatMap((name) => [
    `statutory_applied: ${name}@example.org`,
    "statutory_board_applied: board@example.org",
  ]);
}

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

/** Answers those who were told that their application is there. */
async function applyUntilKilled(running: ServiceProcess): Promise<string[]> {
  const answered: string[] = [];
  const exit = once(running.child, "exit");
  const body = buildApplication();
  await Promise.allSettled(
    crowd.map(async (name) => {
      const status = await post(running, "/events/1/applications", { as: name, body });
      if (status === 200 && answered.push(name) === KILL_AFTER) {
        running.child.kill("SIGKILL");
      }
    }),
  );
  await exit;
  return answered;
}

async function post(
  { address }: ServiceProcess,
  path: string,
  { as, method = "POST", body }: { as: string; method?: string; body: object },
): Promise<number> {
  const answer = await fetch(`${address}${path}`, {
    method,
    headers: { "content-type": "application/json", "x-auth-token": as },
    body: JSON.stringify(body),
  });
  return answer.status;
}

async function countPromised(): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from outbox`.execute(db);
  return rows[0]?.count ?? 0;
}
