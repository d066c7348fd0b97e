import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { serviceHeaders, startCore, type TestCore } from "./app.ts";
import { readMailsTo, send, tokenOf, tokensOf, statusesOf } from "./requests.ts";

let core: TestCore;
let tokens: Awaited<ReturnType<typeof readTokens>>;
beforeAll(async () => {
  core = await startCore();
});
beforeEach(async () => {
  await core.reset();
  tokens = await readTokens();
});
afterAll(() => core.app.close());

describe("GET /bodies/:id/members", () => {
  test("lists members with how to reach them", async () => {
    const { status, body } = await send(core.app, "GET /bodies/1/members?limit=2", {
      token: tokens.member,
    });

    expect(status).toBe(200);
    expect(body.meta).toEqual({ count: 11, offset: 0, limit: 2 });
    expect(body.data[1]).toMatchObject({
      body_id: 1,
      user_id: 2,
      comment: "",
      user: { id: 2, first_name: "Berta", notification_email: "board@example.org" },
    });
  });

  test("lists for a service who holds a local permission there", async () => {
    const path = "holds_permission%5Baction%5D=approve_members&holds_permission%5Bobject%5D=events";
    const { body } = await send(core.app, `GET /bodies/1/members?${path}`, {
      headers: serviceHeaders,
    });

    expect(body.data.map(({ user_id }: { user_id: number }) => user_id)).toEqual([2]);
  });

  test("refuses half a permission and an unknown one", async () => {
    expect((await listMembers("holds_permission[action]=view")).status).toBe(400);
    expect(
      (await listMembers("holds_permission[action]=x&holds_permission[object]=y")).status,
    ).toBe(404);
  });

  test("is for members, not for others", async () => {
    expect((await send(core.app, "GET /bodies/1/members", { token: tokens.stranger })).status).toBe(
      403,
    );
    expect((await send(core.app, "GET /bodies/2/members", { token: tokens.member })).status).toBe(
      403,
    );
    expect((await send(core.app, "GET /bodies/1/members")).status).toBe(401);
    expect((await send(core.app, "GET /bodies/999/members", { token: tokens.admin })).status).toBe(
      404,
    );
  });

  test("finds members by name", async () => {
    const { body } = await send(core.app, "GET /bodies/1/members?query=berta", {
      token: tokens.member,
    });

    expect(body.data).toHaveLength(1);
  });
});

describe("memberships", () => {
  test("bring the shadow circle, and take every circle of the body with them", async () => {
    const token = tokens.admin;
    const added = await send(core.app, "POST /bodies/2/members", { token, body: { user_id: 5 } });
    expect(added.status).toBe(200);
    await send(core.app, "POST /circles/23/members", { token, body: { user_id: 5 } });
    expect(await circlesOf(5)).toEqual([9, 22, 23, 24, 26]);

    const gone = await send(core.app, `DELETE /bodies/2/members/${added.body.data.id}`, { token });

    expect(gone.status).toBe(200);
    expect(await circlesOf(5)).toEqual([9, 22, 26]);
  });

  test("exist once a body", async () => {
    const answers = await Promise.all([addMember(6), addMember(6), addMember(6)]);

    expect(statusesOf(answers)).toEqual([200, 422, 422]);
  });

  test("are left by oneself, with primary body and join request", async () => {
    const token = await tokenOf(core.db, "treasurer");

    expect((await send(core.app, "DELETE /bodies/1/members", { token })).status).toBe(200);

    const { body } = await send(core.app, "GET /members/me", { token });
    expect(body.data).toMatchObject({ bodies: [], primary_body: null });
    expect(await circlesOf(9)).toEqual([7]);
    expect((await send(core.app, "DELETE /bodies/1/members", { token })).status).toBe(404);
    const again = await send(core.app, "POST /bodies/1/join-requests", { token, body: {} });
    expect(again.status).toBe(200);
  });

  test("carry a comment of the board", async () => {
    const { body } = await send(core.app, "GET /bodies/1/members?query=mara", {
      token: tokens.board,
    });
    const path = `/bodies/1/members/${body.data[0].id}` as const;

    const commented = await send(core.app, `PUT ${path}`, {
      token: tokens.board,
      body: { comment: "Pays in May." },
    });

    expect(commented.body.data).toMatchObject({ comment: "Pays in May.", user: { id: 3 } });
    const refused = await send(core.app, `PUT ${path}`, {
      token: tokens.member,
      body: { comment: "" },
    });
    expect(refused.status).toBe(403);
    const foreign = await send(core.app, `GET /bodies/2/members/${body.data[0].id}`, {
      token: tokens.admin,
    });
    expect(foreign.status).toBe(404);
  });

  test("are not for strangers to make or to end", async () => {
    const body = { user_id: 4 };

    expect(
      (await send(core.app, "POST /bodies/1/members", { token: tokens.stranger, body })).status,
    ).toBe(403);
    expect(
      (await send(core.app, "DELETE /bodies/1/members/1", { token: tokens.stranger })).status,
    ).toBe(403);
    expect(
      (
        await send(core.app, "POST /bodies/1/members", {
          token: tokens.admin,
          body: { user_id: 999 },
        })
      ).status,
    ).toBe(404);
  });

  test("come with a new account where a board creates one", async () => {
    const body = {
      username: "created",
      email: "created@example.org",
      first_name: "Carl",
      last_name: "Created",
      superadmin: true,
    };

    const made = await send(core.app, "POST /bodies/1/create-member", {
      token: tokens.board,
      body,
    });

    expect(made.status).toBe(200);
    const { body: member } = await send(core.app, `GET /members/${made.body.data.user_id}`, {
      token: tokens.admin,
    });
    expect(member.data).toMatchObject({ superadmin: false, bodies: [{ id: 1 }] });
    expect(member.data.mail_confirmed_at).not.toBeNull();
    const again = await send(core.app, "POST /bodies/1/create-member", {
      token: tokens.board,
      body,
    });
    expect(again.status).toBe(422);
    const refused = await send(core.app, "POST /bodies/2/create-member", {
      token: tokens.board,
      body: { ...body, username: "x", email: "x@example.org" },
    });
    expect(refused.status).toBe(403);
  });
});

describe("join requests", () => {
  test("reach the board, are approved once, and welcome somebody to their first body", async () => {
    const token = tokens.stranger;
    const asked = await send(core.app, "POST /bodies/1/join-requests", {
      token,
      body: { motivation: "I like people." },
    });

    expect(asked.status).toBe(200);
    expect(asked.body.data).toMatchObject({ status: "pending", motivation: "I like people." });
    expect(await readMailsTo(core.db, "board@example.org")).toContainEqual({
      template: "member_joined",
      subject: "MyAEGEE: new join request for your body",
      recipients: ["board@example.org"],
      parameters: {
        member_firstname: "Stefan",
        member_lastname: "Stranger",
        body_id: 1,
        body_name: "AEGEE-Testburg",
      },
    });
    const listed = await send(core.app, "GET /bodies/1/join-requests?status=pending&query=stefan", {
      token: tokens.board,
    });
    expect(listed.body.data).toMatchObject([{ id: asked.body.data.id, user: { id: 4 } }]);

    const decisions = await Promise.all([
      decide(asked.body.data.id, "approved"),
      decide(asked.body.data.id, "approved"),
      decide(asked.body.data.id, "approved"),
    ]);

    expect(statusesOf(decisions)).toEqual([200, 403, 403]);
    expect(await circlesOf(4)).toEqual([22]);
    const welcomes = await readMailsTo(core.db, "stranger@example.org");
    expect(welcomes).toMatchObject([
      { template: "new_member", parameters: { member_firstname: "Stefan" } },
    ]);
    expect((await send(core.app, "GET /bodies/1/members", { token })).status).toBe(200);
  });

  test("are taken where nobody may decide on them yet, without a mail", async () => {
    await core.db
      .deleteFrom("permissions")
      .where("combined", "=", "local:process:join_request")
      .execute();

    const { status } = await send(core.app, "POST /bodies/1/join-requests", {
      token: tokens.stranger,
      body: { motivation: "I travel." },
    });

    expect(status).toBe(200);
    expect(await readMailsTo(core.db, "board@example.org")).toEqual([]);
  });

  test("send no welcome to the second body", async () => {
    const token = await tokenOf(core.db, "jc");
    const { body } = await send(core.app, "POST /bodies/2/join-requests", { token, body: {} });
    const path = `/bodies/2/join-requests/${body.data.id}/status` as const;

    const approved = await send(core.app, `PUT ${path}`, {
      token: tokens.admin,
      body: { status: "approved" },
    });

    expect(approved.status).toBe(200);
    expect(await readMailsTo(core.db, "jc@example.org")).toEqual([]);
  });

  test("vanish when they are rejected, so that somebody may ask again", async () => {
    const token = await tokenOf(core.db, "cd");
    const ask = () => send(core.app, "POST /bodies/2/join-requests", { token, body: {} });
    const { body } = await ask();
    expect((await ask()).status).toBe(422);

    const rejected = await send(core.app, `PUT /bodies/2/join-requests/${body.data.id}/status`, {
      token: tokens.admin,
      body: { status: "rejected" },
    });

    expect(rejected.status).toBe(200);
    expect((await ask()).status).toBe(200);
  });

  test("are refused for members, for unknown bodies and for decisions that do not exist", async () => {
    const token = tokens.member;

    expect((await send(core.app, "POST /bodies/1/join-requests", { token, body: {} })).status).toBe(
      422,
    );
    expect(
      (await send(core.app, "POST /bodies/999/join-requests", { token, body: {} })).status,
    ).toBe(404);
    expect((await send(core.app, "POST /bodies/1/join-requests", { body: {} })).status).toBe(401);
    expect((await decide(1, "pending")).status).toBe(422);
    expect((await decide(999, "approved")).status).toBe(404);
  });

  test("are the board's alone to see and to decide", async () => {
    const token = tokens.member;

    expect((await send(core.app, "GET /bodies/1/join-requests", { token })).status).toBe(403);
    const decided = await send(core.app, "PUT /bodies/1/join-requests/1/status", {
      token,
      body: { status: "approved" },
    });
    expect(decided.status).toBe(403);
    const foreign = await send(core.app, "GET /bodies/2/join-requests", { token: tokens.board });
    expect(foreign.status).toBe(403);
  });
});

function listMembers(query: string) {
  return send(core.app, `GET /bodies/1/members?${query}`, { token: tokens.board });
}

function addMember(user_id: number) {
  return send(core.app, "POST /bodies/2/members", { token: tokens.admin, body: { user_id } });
}

function decide(id: number, status: string) {
  return send(core.app, `PUT /bodies/1/join-requests/${id}/status`, {
    token: tokens.board,
    body: { status },
  });
}

async function circlesOf(userId: number): Promise<number[]> {
  const rows = await core.db
    .selectFrom("circle_memberships")
    .where("user_id", "=", userId)
    .select("circle_id")
    .orderBy("circle_id")
    .execute();
  return rows.map((row) => row.circle_id);
}

function readTokens() {
  return tokensOf(core.db, "admin", "board", "member", "stranger");
}
