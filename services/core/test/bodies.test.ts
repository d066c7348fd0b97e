import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { serviceHeaders, startCore, type TestCore } from "./app.ts";
import { send, tokensOf } from "./requests.ts";

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

const newBody = {
  name: "AEGEE-Neustadt",
  description: "A new one.",
  email: "Neu@Example.org",
  type: "antenna",
  founded_at: "2026-01-31",
};

describe("GET /bodies", () => {
  test("shows strangers active locals only", async () => {
    const { status, body } = await send(core.app, "GET /bodies");

    expect(status).toBe(200);
    expect(codes(body)).toEqual(["MUS", "TST"]);
    expect(body.meta).toEqual({ count: 2, offset: 0, limit: 500 });
  });

  test("shows whoever is logged in, and services, the other active ones too", async () => {
    const person = await send(core.app, "GET /bodies", { token: tokens.stranger });
    const service = await send(core.app, "GET /bodies", { headers: serviceHeaders });

    expect(codes(person.body)).toEqual(["MUS", "TST", "EQA"]);
    expect(codes(service.body)).toEqual(["MUS", "TST", "EQA"]);
  });

  test("tells whoever comes with a token that ran out, instead of showing them less", async () => {
    const token = "0".repeat(32);

    expect((await send(core.app, "GET /bodies", { token })).status).toBe(401);
    expect((await send(core.app, "GET /bodies/1", { token })).status).toBe(401);
    expect((await send(core.app, "GET /campaigns/default", { token })).status).toBe(200);
  });

  test("filters by types and by a text", async () => {
    const token = tokens.member;

    expect(
      codes((await send(core.app, "GET /bodies?type=committee,project", { token })).body),
    ).toEqual(["EQA"]);
    expect(codes((await send(core.app, "GET /bodies?query=muster", { token })).body)).toEqual([
      "MUS",
    ]);
  });

  test("shows deleted ones where asked to, with the permission", async () => {
    const id = await createBody("DEL");
    await setStatus(id, "deleted");

    expect((await send(core.app, "GET /bodies?all=true")).status).toBe(401);
    const refused = await send(core.app, "GET /bodies?all=true", { token: tokens.member });
    expect(refused.status).toBe(403);
    const all = await send(core.app, "GET /bodies?all=true", { token: tokens.admin });
    expect(codes(all.body)).toContain("DEL");
    const active = await send(core.app, "GET /bodies", { token: tokens.admin });
    expect(codes(active.body)).not.toContain("DEL");
  });
});

describe("GET /bodies/:id", () => {
  test("finds one by id and by code", async () => {
    const byId = await send(core.app, "GET /bodies/1");
    const byCode = await send(core.app, "GET /bodies/tst");

    expect(byId.body.data).toMatchObject({ id: 1, code: "TST", shadow_circle_id: 22 });
    expect(byId.body.data.circles.map(({ id }: { id: number }) => id)).toEqual([21, 22]);
    expect(byCode).toEqual(byId);
  });

  test("hides from strangers what is no active local", async () => {
    const id = await createBody("HID");
    await setStatus(id, "deleted");

    expect((await send(core.app, "GET /bodies/3")).status).toBe(404);
    expect((await send(core.app, "GET /bodies/EQA")).status).toBe(404);
    expect((await send(core.app, "GET /bodies/3", { token: tokens.stranger })).status).toBe(200);
    expect((await send(core.app, `GET /bodies/${id}`, { token: tokens.member })).status).toBe(404);
    expect((await send(core.app, `GET /bodies/${id}`, { token: tokens.admin })).status).toBe(200);
    expect((await send(core.app, `GET /bodies/${id}`, { headers: serviceHeaders })).status).toBe(
      200,
    );
  });

  test("knows no other ids", async () => {
    expect((await send(core.app, "GET /bodies/999")).status).toBe(404);
    expect((await send(core.app, "GET /bodies/XYZ")).status).toBe(404);
    expect((await send(core.app, "GET /bodies/../users")).status).toBe(404);
    expect((await send(core.app, "GET /bodies/tooLong")).status).toBe(400);
  });
});

describe("POST /bodies", () => {
  test("makes a body with a shadow circle", async () => {
    const { status, body } = await send(core.app, "POST /bodies", {
      token: tokens.admin,
      body: { ...newBody, code: "neu", id: 1, status: "deleted", shadow_circle_id: 4 },
    });

    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      code: "NEU",
      email: "neu@example.org",
      status: "active",
      circles: [{ name: "Members AEGEE-Neustadt" }],
    });
    expect(body.data.id).toBeGreaterThan(100);
    expect(body.data.shadow_circle_id).toBe(body.data.circles[0].id);
  });

  test("needs a foundation date for locals, and for nobody else", async () => {
    expect((await create("AAA", { founded_at: null })).body.errors).toHaveProperty("founded_at");
    expect((await create("AAA", { founded_at: "2026-02-30" })).body.errors).toHaveProperty(
      "founded_at",
    );
    expect((await create("AAB", { founded_at: null, type: "committee" })).status).toBe(200);
  });

  test.each([
    ["code", "TST"],
    ["code", "TOOLONG"],
    ["name", "  "],
    ["type", "club"],
    ["email", "nobody"],
  ])("refuses the %s %j", async (field, value) => {
    const { status, body } = await send(core.app, "POST /bodies", {
      token: tokens.admin,
      body: { ...newBody, code: "ZZZ", [field]: value },
    });

    expect(status).toBe(422);
    expect(body.errors).toHaveProperty(field);
  });

  test("needs the permission", async () => {
    const body = { ...newBody, code: "FOO" };

    expect((await send(core.app, "POST /bodies", { token: tokens.board, body })).status).toBe(403);
    expect((await send(core.app, "POST /bodies", { body })).status).toBe(401);
  });
});

describe("PUT /bodies/:id", () => {
  test("lets a board change what the filters of its permission name", async () => {
    const { status, body } = await send(core.app, "PUT /bodies/1", {
      token: tokens.board,
      body: {
        description: "New words.",
        name: "Ours",
        code: "OUR",
        type: "project",
        pays_fees: false,
      },
    });

    expect(status).toBe(200);
    expect(body.data).toMatchObject({
      description: "New words.",
      name: "AEGEE-Testburg",
      code: "TST",
      type: "antenna",
      pays_fees: true,
    });
  });

  test("lets whoever holds it globally change everything but status and circles", async () => {
    const id = await createBody("ALL");
    const { body } = await send(core.app, `PUT /bodies/${id}`, {
      token: tokens.admin,
      body: { name: "Another", code: "anr", status: "deleted", shadow_circle_id: 4 },
    });

    expect(body.data).toMatchObject({ name: "Another", code: "ANR", status: "active" });
    expect(body.data.shadow_circle_id).not.toBe(4);
  });

  test("is not for members, nor for boards of other bodies", async () => {
    const body = { description: "x" };

    expect((await send(core.app, "PUT /bodies/1", { token: tokens.member, body })).status).toBe(
      403,
    );
    expect((await send(core.app, "PUT /bodies/2", { token: tokens.board, body })).status).toBe(403);
    expect((await send(core.app, "PUT /bodies/1", { body })).status).toBe(401);
    expect((await send(core.app, "PUT /bodies/999", { token: tokens.admin, body })).status).toBe(
      404,
    );
  });

  test("keeps the rules of a body", async () => {
    expect((await change({ founded_at: null })).body.errors).toHaveProperty("founded_at");
    expect((await change({ code: "TST" })).body.errors).toHaveProperty("code");
    expect((await change({ code: null })).body.errors).toHaveProperty("code");
  });
});

describe("PUT /bodies/:id/status", () => {
  test("takes everything around a deleted body, and gives a restored one an empty shadow circle", async () => {
    const id = await createBody("OLD");
    await send(core.app, `POST /bodies/${id}/members`, {
      token: tokens.admin,
      body: { user_id: 3 },
    });
    await send(core.app, "PUT /members/3/primary-body", {
      token: tokens.admin,
      body: { primary_body_id: id },
    });

    await setStatus(id, "deleted");

    const { body: member } = await send(core.app, "GET /members/3", { token: tokens.admin });
    expect(member.data.bodies.map((body: { id: number }) => body.id)).toEqual([1]);
    expect(member.data.primary_body).toBeNull();
    const restored = await setStatus(id, "active");
    expect(restored.body.data.circles).toHaveLength(1);
    const members = await send(core.app, `GET /bodies/${id}/members`, { token: tokens.admin });
    expect(members.body.data).toEqual([]);
  });

  test("lets nobody join a deleted body, by any way", async () => {
    await setStatus(1, "deleted");
    const token = tokens.admin;
    const join = { first_name: "A", last_name: "B", username: "ab", email: "ab@example.org" };

    const asked = await send(core.app, "POST /bodies/1/join-requests", { token, body: {} });
    const added = await send(core.app, "POST /bodies/1/members", { token, body: { user_id: 4 } });
    const made = await send(core.app, "POST /bodies/1/create-member", { token, body: join });
    const signedUp = await send(core.app, "POST /signup/testburg", {
      body: { ...join, password: "a good password" },
    });

    const answers = [asked, added, made, signedUp];
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  test("needs the permission and a known status", async () => {
    const body = { status: "deleted" };

    expect(
      (await send(core.app, "PUT /bodies/1/status", { token: tokens.board, body })).status,
    ).toBe(403);
    expect(
      (
        await send(core.app, "PUT /bodies/1/status", {
          token: tokens.admin,
          body: { status: "gone" },
        })
      ).status,
    ).toBe(422);
  });
});

describe("GET /bodies/:id/my_permissions", () => {
  test("says what the caller may do there", async () => {
    const own = await send(core.app, "GET /bodies/1/my_permissions", { token: tokens.board });
    const foreign = await send(core.app, "GET /bodies/2/my_permissions", { token: tokens.board });

    expect(own.body.data).toContainEqual(
      expect.objectContaining({ combined: "local:update:body" }),
    );
    expect(foreign.body.data).toEqual([
      expect.objectContaining({ combined: "global:create:event" }),
    ]);
  });
});

function codes({ data }: { data: { code: string }[] }): string[] {
  return data.map(({ code }) => code);
}

function create(code: string, changes: object) {
  const body = { ...newBody, code, ...changes };
  return send(core.app, "POST /bodies", { token: tokens.admin, body });
}

function change(body: object) {
  return send(core.app, "PUT /bodies/2", { token: tokens.admin, body });
}

async function createBody(code: string): Promise<number> {
  const body = { ...newBody, name: `AEGEE-${code}`, code };
  return (await send(core.app, "POST /bodies", { token: tokens.admin, body })).body.data.id;
}

function setStatus(id: number, status: string) {
  return send(core.app, `PUT /bodies/${id}/status`, { token: tokens.admin, body: { status } });
}

function readTokens() {
  return tokensOf(core.db, "admin", "board", "member", "stranger");
}
