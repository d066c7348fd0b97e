import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";

import { jobs, runJob } from "../src/jobs/start-jobs.ts";
import { seed } from "../src/seed/seed.ts";
import { startCore, startCoreOn, type TestCore } from "./app.ts";
import { logIn, send } from "./requests.ts";

let core: TestCore;
let second: TestCore;
beforeAll(async () => {
  core = await startCore();
  second = await startCoreOn(core.url);
});
beforeEach(() => core.reset());
afterAll(async () => {
  await core.app.close();
  await second.app.close();
});

const past = new Date(Date.now() - 1000);

test("accounts that nobody confirmed in time go, by two instances at once, and no others", async () => {
  await signUp("late1");
  await signUp("late2");
  await core.db
    .updateTable("mail_tokens")
    .set({ expires_at: past })
    .where("purpose", "=", "confirm-email")
    .execute();
  await signUp("fresh");

  const results = await Promise.all([
    runJob(jobs.unconfirmedUsers, core.db),
    runJob(jobs.unconfirmedUsers, second.db),
  ]);

  expect(results.reduce<number>((sum, rows) => sum + (rows ?? 0), 0)).toBe(2);
  const left = await readUsernames();
  expect(left).toContain("fresh");
  expect(left).toContain("unconfirmed");
  expect(left).not.toContain("late1");
  expect(left).not.toContain("late2");
});

test("tokens that expired go, with sessions that have none left; those that live stay", async () => {
  const old = await logIn(core.app, "member");
  await core.db.updateTable("access_tokens").set({ expires_at: past }).execute();
  await core.db.updateTable("refresh_tokens").set({ expires_at: past }).execute();
  await core.db
    .updateTable("sessions")
    .set({ created_at: new Date(Date.now() - 86_400_000) })
    .execute();
  const live = await logIn(core.app, "member");

  expect(await runJob(jobs.expiredTokens, core.db)).toBeGreaterThanOrEqual(3);

  expect(await core.db.selectFrom("sessions").select("id").execute()).toHaveLength(1);
  const renewed = await send(core.app, "POST /renew", {
    body: { refresh_token: live.refresh_token },
  });
  expect(renewed.status).toBe(200);
  const dead = await send(core.app, "POST /renew", { body: { refresh_token: old.refresh_token } });
  expect(dead.status).toBe(403);
});

test("a job that another instance is at is left to it", async () => {
  const ended = Promise.withResolvers<number>();
  const begun = Promise.withResolvers<void>();
  const slow = {
    ...jobs.expiredTokens,
    run() {
      begun.resolve();
      return ended.promise;
    },
  };

  const first = runJob(slow, core.db);
  await begun.promise;
  const other = await runJob(jobs.expiredTokens, second.db);
  ended.resolve(5);

  expect(other).toBeNull();
  expect(await first).toBe(5);
});

test("seeding again changes nothing and takes back nothing that people did", async () => {
  await core.db
    .updateTable("users")
    .set({ first_name: "Changed" })
    .where("username", "=", "member")
    .execute();
  const before = await readCounts();

  await seed(core.db);

  expect(await readCounts()).toEqual(before);
  const member = await core.db
    .selectFrom("users")
    .where("username", "=", "member")
    .select("first_name")
    .executeTakeFirstOrThrow();
  expect(member.first_name).toBe("Changed");
});

async function signUp(username: string) {
  await send(core.app, "POST /signup/default", {
    body: {
      username,
      email: `${username}@example.org`,
      password: "a good password",
      first_name: "Some",
      last_name: "Body",
    },
  });
}

async function readUsernames(): Promise<string[]> {
  const users = await core.db.selectFrom("users").select("username").execute();
  return users.map(({ username }) => username);
}

async function readCounts(): Promise<number[]> {
  const tables = [
    "users",
    "bodies",
    "circles",
    "permissions",
    "circle_permissions",
    "circle_memberships",
    "body_memberships",
    "campaigns",
  ] as const;
  const counts = tables.map(async (table) => {
    const rows = await core.db.selectFrom(table).select("id").execute();
    return rows.length;
  });
  return Promise.all(counts);
}
