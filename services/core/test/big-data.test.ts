import { readFile } from "node:fs/promises";
import { join } from "node:path";

import { sql } from "kysely";
import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
import { send, tokenOf } from "./requests.ts";

/** Whatever a list is of: who calls and what they may do, the thing, its page and its count. */
const MAX_STATEMENTS = 6;

let core: TestCore;
let admin: string;
let board: string;
beforeAll(async () => {
  core = await startCore();
  const fill = await readFile(join(import.meta.dirname, "..", "bench", "big-data.sql"), "utf8");
  await sql.raw(fill).execute(core.db);
  admin = await tokenOf(core.db, "admin");
  board = await tokenOf(core.db, 100_001);
});
afterAll(() => core.app.close());

describe("with 10 000 members and 250 bodies", () => {
  test.each([
    ["/members", 10_013],
    ["/members?offset=9950&sort=last_name", 10_013],
    ["/members?query=last2999", 3],
    ["/members_search?query=user123", 11],
    ["/bodies", 250],
    ["/bodies/1001/members", 40],
    [
      "/bodies/1002/members?holds_permission[action]=approve_members&holds_permission[object]=agora",
      7,
    ],
    ["/bodies/1/join-requests?status=pending", 1000],
    ["/bodies/1001/payments", 40],
    ["/circles?all=true", 512],
    ["/circles/10002/members", 40],
    ["/permissions", 110],
  ] as const)("%s takes no statement a row, and counts %i", async (path, count) => {
    const { body, statements } = await ask(path, admin);

    expect(body.meta.count).toBe(count);
    expect(statements).toBeLessThanOrEqual(MAX_STATEMENTS);
  });

  test("the session of somebody on a board takes no statement a body", async () => {
    const { body, statements } = await ask("/session", board);

    expect(body.data.local_permissions).toContainEqual({
      action: "approve_members",
      object: "agora",
      body_ids: [1002],
    });
    expect(statements).toBeLessThanOrEqual(MAX_STATEMENTS);
  });

  test("a search for members, a session and a body's members have indexes that serve them", async () => {
    expect(await explain("select id from users where search_text like '%last2999%'")).toContain(
      "users_search",
    );
    expect(await explain("select id from body_memberships where body_id = 1001")).toContain(
      "body_memberships_body_id_user_id_key",
    );
    expect(await explain("select id from circle_memberships where circle_id = 10002")).toContain(
      "circle_memberships_circle_id_user_id_key",
    );
    expect(await explain("select id from circle_memberships where user_id = 100001")).toContain(
      "circle_memberships_by_user",
    );
    expect(await explain("select id from join_requests where body_id = 1001")).toContain(
      "join_requests_body_id_user_id_key",
    );
  });
});

/** How fast it is, `nx run tools:bench --only=services` says. */
async function ask(path: string, token: string) {
  const answers: Awaited<ReturnType<typeof send>>[] = [];
  const statements = await core.queries.during(async () => {
    answers.push(await send(core.app, `GET /${path.slice(1)}`, { token }));
  });
  return { body: answers[0]?.body, statements: statements.length };
}

/** Reading a whole table is cheap while ten thousand rows fit in memory: not counting that, which index serves? */
async function explain(query: string): Promise<string> {
  return core.db.transaction().execute(async (trx) => {
    await sql`set local enable_seqscan = off`.execute(trx);
    const { rows } = await sql.raw(`explain ${query}`).execute(trx);
    return JSON.stringify(rows);
  });
}
