import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { serviceHeaders, startCore, type TestCore } from "./app.ts";
import { logIn, send, tokensOf } from "./requests.ts";

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

describe("GET /members", () => {
  test("lists members a page at a time, with how many there are", async () => {
    const { status, body } = await get("/members?limit=2&offset=1&sort=username", tokens.admin);

    expect(status).toBe(200);
    expect(body.data.map(({ username }: { username: string }) => username)).toEqual([
      "board",
      "cd",
    ]);
    expect(body.meta).toEqual({ count: 13, offset: 1, limit: 2 });
    expect(JSON.stringify(body)).not.toContain("argon2");
  });

  test("searches names and addresses without regard to case", async () => {
    const { body } = await get("/members?query=mARA%20mem", tokens.admin);

    expect(body.data).toHaveLength(1);
    expect(body.meta.count).toBe(1);
  });

  test("takes what is special in SQL patterns for what it is", async () => {
    expect((await get("/members?query=%25", tokens.admin)).body.data).toEqual([]);
    expect((await get("/members?query=_", tokens.admin)).body.data).toEqual([]);
    expect((await get("/members?query='%20or%201=1--", tokens.admin)).body.data).toEqual([]);
  });

  test("sorts by its own fields only", async () => {
    const { status } = await get("/members?sort=password_hash", tokens.admin);

    expect(status).toBe(422);
  });

  test.each(["/members", "/members/unconfirmed", "/members_search"])(
    "%s needs a permission, and a login before that",
    async (path) => {
      expect((await get(path, tokens.member)).status).toBe(403);
      expect((await get(path, undefined)).status).toBe(401);
      expect((await get(path, tokens.admin)).status).toBe(200);
    },
  );

  test("lists unconfirmed members only where asked to", async () => {
    const { body } = await get("/members/unconfirmed", tokens.admin);

    expect(body.data.map(({ username }: { username: string }) => username)).toEqual([
      "unconfirmed",
    ]);
  });

  test("shows little of a member who was searched for", async () => {
    const { body } = await get("/members_search?query=mara", tokens.admin);

    expect(body.data).toEqual([
      {
        id: 3,
        first_name: "Mara",
        last_name: "Member",
        username: "member",
        email: "member@example.org",
        gsuite_id: null,
      },
    ]);
  });
});

describe("GET /members/:id", () => {
  test("shows somebody all of their own profile, as me and by id", async () => {
    const me = await get("/members/me", tokens.member);

    expect(me.body.data).toMatchObject({
      username: "member",
      bodies: [{ id: 1, code: "TST" }],
      primary_body: { id: 1 },
      circles: [{ id: 22, body_id: 1 }],
      join_requests: [],
    });
    expect(await get("/members/3", tokens.member)).toEqual(me);
    expect(JSON.stringify(me.body)).not.toContain("password");
  });

  test("shows fellow members how to reach each other, and no more", async () => {
    const { body } = await get("/members/2", tokens.member);

    expect(body.data).toEqual({
      id: 2,
      first_name: "Berta",
      last_name: "Board",
      email: "board@example.org",
      notification_email: "board@example.org",
    });
  });

  test("shows a board all of its members", async () => {
    expect((await get("/members/3", tokens.board)).body.data).toHaveProperty("date_of_birth");
  });

  test("shows a board who asks to join its body, through the join_request permission", async () => {
    expect((await get("/members/4", tokens.board)).status).toBe(403);

    await send(core.app, "POST /bodies/1/join-requests", { token: tokens.stranger, body: {} });

    expect((await get("/members/4", tokens.board)).body.data).toHaveProperty("date_of_birth");
  });

  test("shows a service everybody", async () => {
    const { status, body } = await send(core.app, "GET /members/4", { headers: serviceHeaders });

    expect(status).toBe(200);
    expect(body.data.username).toBe("stranger");
  });

  test("refuses strangers, whoever did not log in, unknown and malformed ids", async () => {
    expect((await get("/members/3", tokens.stranger)).status).toBe(403);
    expect((await get("/members/3", undefined)).status).toBe(401);
    expect((await get("/members/9999", tokens.admin)).status).toBe(404);
    expect((await get("/members/mine", tokens.admin)).status).toBe(400);
    expect((await get("/members/2147483648", tokens.admin)).status).toBe(400);
    expect((await get("/members/1;drop%20table%20users", tokens.admin)).status).toBe(400);
  });

  test("tells a service that there is no me for it", async () => {
    const answer = await send(core.app, "GET /members/me", { headers: serviceHeaders });

    expect(answer.status).toBe(401);
  });
});

describe("PUT /members/:id", () => {
  test("changes one's own profile, trimmed, and empty where null came", async () => {
    const body = { about_me: "  Likes trains. ", phone: null, username: "Chair.Clara" };
    const { status, body: answer } = await put("/members/me", tokens.chair, body);

    expect(status).toBe(200);
    expect(answer.data).toMatchObject({
      about_me: "Likes trains.",
      phone: "",
      username: "chair.clara",
      first_name: "Clara",
    });
  });

  test("looks at nothing but the profile", async () => {
    const { body } = await put("/members/me", tokens.jc, {
      id: 1,
      superadmin: true,
      active: false,
      email: "admin@aegee.org",
      password_hash: "x",
      primary_body_id: 2,
      last_name: "Jurist",
    });

    expect(body.data).toMatchObject({
      id: 7,
      superadmin: false,
      active: true,
      email: "jc@example.org",
      primary_body_id: 1,
      last_name: "Jurist",
    });
  });

  test("takes an empty change for no change", async () => {
    expect((await put("/members/me", tokens.member, {})).status).toBe(200);
  });

  test("refuses a name that is taken and a birthday to come", async () => {
    expect(
      (await put("/members/me", tokens.member, { username: "admin" })).body.errors,
    ).toHaveProperty("username");
    expect(
      (await put("/members/me", tokens.member, { date_of_birth: "2999-01-01" })).body.errors,
    ).toHaveProperty("date_of_birth");
  });

  test("is not for others without the permission", async () => {
    expect((await put("/members/3", tokens.board, { phone: "1" })).status).toBe(403);
    expect((await put("/members/3", tokens.stranger, { phone: "1" })).status).toBe(403);
    expect((await put("/members/3", tokens.admin, { phone: "1" })).status).toBe(200);
    expect((await put("/members/3", undefined, { phone: "1" })).status).toBe(401);
  });
});

describe("PUT /members/:id/active", () => {
  test("ends every session of whoever is suspended, and lets them in again afterwards", async () => {
    const session = await logIn(core.app, "netdirector");

    const { body } = await put("/members/8/active", tokens.admin, { active: false });

    expect(body.data.active).toBe(false);
    expect((await get("/session", session.access_token)).status).toBe(401);
    const renewed = await send(core.app, "POST /renew", {
      body: { refresh_token: session.refresh_token },
    });
    expect(renewed.status).toBe(403);
    await expect(logIn(core.app, "netdirector")).rejects.toThrow("suspended");
    await put("/members/8/active", tokens.admin, { active: true });
    await expect(logIn(core.app, "netdirector")).resolves.toBeTruthy();
  });

  test("leaves no session behind when somebody logs in at the same moment", async () => {
    const logins = Array.from({ length: 8 }, () => logIn(core.app, "treasurer").catch(() => null));
    const suspension = put("/members/9/active", tokens.admin, { active: false });
    await Promise.all([...logins, suspension]);

    const left = await core.db
      .selectFrom("sessions")
      .where("user_id", "=", 9)
      .selectAll()
      .execute();
    expect(left).toEqual([]);
  });

  test("needs the permission and a boolean", async () => {
    expect((await put("/members/3/active", tokens.board, { active: false })).status).toBe(403);
    expect((await put("/members/3/active", tokens.admin, { active: "no" })).status).toBe(422);
    expect((await put("/members/999/active", tokens.admin, { active: true })).status).toBe(404);
  });
});

describe("other accounts' flags", () => {
  test("are changed by whoever may", async () => {
    expect((await put("/members/10/superadmin", tokens.cd, { superadmin: true })).status).toBe(403);
    const { body } = await put("/members/10/superadmin", tokens.admin, { superadmin: true });
    expect(body.data.superadmin).toBe(true);
    expect((await get("/members", tokens.cd)).status).toBe(200);

    await put("/members/10/superadmin", tokens.admin, { superadmin: false });
    expect((await get("/members", tokens.cd)).status).toBe(403);
  });

  test("confirm an account by hand", async () => {
    expect((await post("/members/12/confirm", tokens.board)).status).toBe(403);
    const { body } = await post("/members/12/confirm", tokens.admin);

    expect(body.data.mail_confirmed_at).not.toBeNull();
    await expect(logIn(core.app, "unconfirmed")).resolves.toBeTruthy();
  });

  test("choose a primary body among one's own", async () => {
    expect((await choose(3)).body.data.primary_body).toMatchObject({ id: 3 });
    expect((await choose(2)).status).toBe(403);
    expect((await choose(99)).status).toBe(404);
    expect((await choose(null)).body.data.primary_body).toBeNull();
  });

  test("delete an account with everything of it", async () => {
    expect((await del("/members/13", tokens.board)).status).toBe(403);
    expect((await del("/members/13", tokens.admin)).status).toBe(200);
    expect((await get("/members/13", tokens.admin)).status).toBe(404);
  });
});

describe("GET /members_email", () => {
  test("gives a service many addresses at once, each once, and leaves out unknown ids", async () => {
    const { status, body } = await send(core.app, "GET /members_email?query=3,2,3,999", {
      headers: serviceHeaders,
    });

    expect(status).toBe(200);
    expect(body.data).toEqual([
      expect.objectContaining({ id: 2, notification_email: "board@example.org" }),
      expect.objectContaining({ id: 3, notification_email: "member@example.org" }),
    ]);
  });

  test("gives people their own address, and others' with the permission", async () => {
    expect((await get("/members_email?query=3", tokens.member)).status).toBe(200);
    expect((await get("/members_email?query=3,2", tokens.member)).status).toBe(403);
    expect((await get("/members_email?query=3,2", tokens.admin)).status).toBe(200);
    expect((await get("/members_email?query=3", undefined)).status).toBe(401);
  });

  test("takes at most 500 ids", async () => {
    const ids = Array.from({ length: 501 }, (_, index) => index + 1).join(",");

    expect((await get(`/members_email?query=${ids}`, tokens.admin)).status).toBe(400);
    expect((await get("/members_email?query=1,x", tokens.admin)).status).toBe(422);
    expect((await get("/members_email", tokens.admin)).status).toBe(422);
  });
});

describe("GET /members/:id/my_permissions", () => {
  test("adds what comes from bodies that caller and member share", async () => {
    const shared = await get("/members/3/my_permissions", tokens.board);
    const foreign = await get("/members/4/my_permissions", tokens.cd);

    expect(combined(shared.body)).toContain("local:view:member");
    expect(combined(foreign.body)).not.toContain("local:view_members:body");
    expect(combined(foreign.body)).toContain("global:manage:discounts");
  });
});

function choose(primary_body_id: number | null) {
  return put("/members/me/primary-body", tokens.eqac, { primary_body_id });
}

function combined({ data }: { data: { combined: string }[] }): string[] {
  return data.map((held) => held.combined);
}

function get(path: string, token: string | undefined) {
  return send(core.app, `GET ${slash(path)}`, { token });
}

function put(path: string, token: string | undefined, body: object) {
  return send(core.app, `PUT ${slash(path)}`, { token, body });
}

function post(path: string, token: string) {
  return send(core.app, `POST ${slash(path)}`, { token });
}

function del(path: string, token: string) {
  return send(core.app, `DELETE ${slash(path)}`, { token });
}

function slash(path: string): `/${string}` {
  return `/${path.slice(1)}`;
}

function readTokens() {
  return tokensOf(core.db, "admin", "board", "member", "stranger", "chair", "jc", "eqac", "cd");
}
