import { afterAll, beforeAll, describe, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
import { send, tokenOf } from "./requests.ts";

let core: TestCore;
let token: string;
beforeAll(async () => {
  core = await startCore();
  token = await tokenOf(core.db, "admin");
});
afterAll(() => core.app.close());

/** Who calls, the superadmin's permissions, the thing whose list it is, the page and its count. */
const lists = [
  ["/members", 4],
  ["/members/unconfirmed", 4],
  ["/members_search", 4],
  ["/bodies", 3],
  ["/bodies/1/members", 5],
  ["/bodies/1/members?holds_permission[action]=view&holds_permission[object]=member", 6],
  ["/bodies/1/join-requests", 5],
  ["/bodies/1/campaigns", 5],
  ["/bodies/1/payments", 5],
  ["/circles", 3],
  ["/circles/22/members", 5],
  ["/circles/22/permissions", 4],
  ["/permissions", 3],
  ["/permissions/1/members", 5],
  ["/campaigns", 4],
  ["/campaigns/2/members", 5],
] as const;

describe("a list", () => {
  test.each(lists)("%s takes %i statements, however long it is", async (path, count) => {
    const statements = await core.queries.during(async () => {
      const { status } = await send(core.app, `GET ${path}`, { token });
      expect(status).toBe(200);
    });

    expect(statements).toHaveLength(count);
  });

  test.each(lists)("%s has a page with a limit", async (path) => {
    const separator = path.includes("?") ? "&" : "?";
    const page = await send(core.app, `GET ${path}${separator}limit=1&offset=0`, { token });
    const tooMuch = await send(core.app, `GET ${path}${separator}limit=501`, { token });
    const negative = await send(core.app, `GET ${path}${separator}offset=-1`, { token });

    expect(page.body.data.length).toBeLessThanOrEqual(1);
    expect(page.body.meta).toMatchObject({ limit: 1, offset: 0 });
    expect(tooMuch.status).toBe(422);
    expect(negative.body.errors).toHaveProperty("offset");
  });

  test("counts all that match, also beyond the last page", async () => {
    const { body } = await send(core.app, "GET /members?offset=1000", { token });

    expect(body).toMatchObject({ data: [], meta: { count: 13, offset: 1000 } });
  });
});

describe("a single answer", () => {
  test.each([
    ["/session", 4],
    ["/members/3", 3],
    ["/members/me", 2],
    ["/bodies/1", 2],
    ["/circles/22", 2],
    ["/my_permissions", 2],
  ] as const)("%s takes %i statements", async (path, count) => {
    const statements = await core.queries.during(() => send(core.app, `GET ${path}`, { token }));

    expect(statements).toHaveLength(count);
  });
});
