import { runFuzz } from "@myaegee/testing";
import { sql } from "kysely";
import { afterAll, beforeAll, expect, test } from "vitest";

import { serviceHeaders, startCore, type TestCore } from "./app.ts";
import { tokenOf } from "./requests.ts";

const FUZZER = 1_000_000;

let core: TestCore;
beforeAll(async () => {
  core = await startCore({ limitFactor: 1_000_000 });
});
afterAll(() => core.app.close());

test("no request gets a 5xx or breaks its schema", { timeout: 3_600_000 }, async () => {
  await insertFuzzer();
  const superadmin = { "x-auth-token": await tokenOf(core.db, FUZZER) };
  const callers: Record<string, string>[] = [
    superadmin,
    superadmin,
    superadmin,
    { "x-auth-token": await tokenOf(core.db, "board") },
    serviceHeaders,
    {},
  ];

  const report = await runFuzz({ app: core.app, callers, requestsPerRoute: 25 });

  expect(report.faults).toEqual([]);
  expect(report.routes).toBeGreaterThan(80);
  expect(report.statuses["200"]).toBeGreaterThan(report.routes);
});

/** A superadmin that its own requests can neither suspend nor delete. */
async function insertFuzzer(): Promise<void> {
  await sql`
    insert into users (id, username, email, password_hash, mail_confirmed_at, superadmin, first_name, last_name)
    select ${FUZZER}, 'fuzzer', 'fuzzer@example.org', password_hash, now(), true, 'F', 'Uzz'
      from users where username = 'member'`.execute(core.db);
  await sql`
    create function keep() returns trigger language plpgsql as 'begin return null; end'`.execute(
    core.db,
  );
  await sql`
    create trigger keep_user before update or delete on users
      for each row when (old.id = 1000000) execute function keep()`.execute(core.db);
  await sql`
    create trigger keep_session before delete on sessions
      for each row when (old.user_id = 1000000) execute function keep()`.execute(core.db);
}
