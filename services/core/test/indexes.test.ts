import { findTableScans } from "@myaegee/testing";
import { afterAll, beforeAll, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
import { send, tokenOf } from "./requests.ts";

let core: TestCore;
let tokens: Record<"admin" | "board", string>;
beforeAll(async () => {
  core = await startCore();
  tokens = { admin: await tokenOf(core.db, "admin"), board: await tokenOf(core.db, "board") };
});
afterAll(() => core.app.close());

/**
 * Not the members of a body and of a circle: most of the seed's are in those, so that PostgreSQL takes the table as it
 * is; `big-data.test.ts` has them. Nor who holds a permission, which may be everybody.
 */
test.each([
  "GET /session",
  "GET /my_permissions",
  "GET /members",
  "GET /members?query=mara&sort=last_name",
  "GET /members/unconfirmed",
  "GET /members_search?query=mara",
  "GET /members_email?query=1,2,3",
  "GET /members/3",
  "GET /members/3/my_permissions",
  "GET /bodies",
  "GET /bodies?query=test&type=antenna",
  "GET /bodies/1",
  "GET /bodies/TST",
  "GET /bodies/1/my_permissions",
  "GET /bodies/1/members?query=mara",
  "GET /bodies/1/members?holds_permission[action]=view&holds_permission[object]=member",
  "GET /bodies/1/join-requests?status=pending",
  "GET /bodies/1/campaigns",
  "GET /bodies/1/payments",
  "GET /circles?all=true",
  "GET /circles/22",
  "GET /circles/22/permissions",
  "GET /permissions",
  "GET /campaigns",
  "GET /campaigns/testburg",
  "GET /campaigns/2/members",
] as const)("an index serves each statement of %s", async (route) => {
  const { admin, board } = tokens;
  const statements = await core.queries.during(async () => {
    await send(core.app, route, { token: admin });
    await send(core.app, route, { token: board });
  });

  expect(statements).not.toHaveLength(0);
  expect(await findTableScans(core.url, statements)).toEqual([]);
});

test.each([
  ["POST /login", { username: "member", password: "5ecret5ecret" }],
  ["POST /renew", { refresh_token: "none" }],
  ["POST /logout", { refresh_token: "none" }],
  ["POST /confirm-email", { token: "none" }],
  ["POST /password_reset", { email: "member@example.org" }],
  ["POST /password_confirm", { token: "none", password: "another secret" }],
  ["POST /my_permissions", { action: "approve_members", object: "events" }],
  ["PUT /members/3", { about_me: "I travel." }],
  ["PUT /members/3/active", { active: true }],
  ["PUT /bodies/1", { phone: "+32 2 000" }],
  ["POST /bodies/1/members", { user_id: 4 }],
  ["DELETE /bodies/1/members", undefined],
  ["POST /circles/22/members", { user_id: 3 }],
  ["PUT /circles/22/parent", { parent_circle_id: null }],
] as const)("an index serves each statement of %s", async (route, body) => {
  const statements = await core.queries.during(() =>
    send(core.app, route, { token: tokens.admin, ...(body === undefined ? {} : { body }) }),
  );

  expect(await findTableScans(core.url, statements)).toEqual([]);
});
