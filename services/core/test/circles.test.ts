import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";

import { startCore, type TestCore } from "./app.ts";
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

describe("circles", () => {
  test("are listed without those of bodies, or with them", async () => {
    const free = await send(core.app, "GET /circles?limit=500", { token: tokens.stranger });
    const all = await send(core.app, "GET /circles?all=true&query=members%20aegee-t", {
      token: tokens.stranger,
    });

    expect(free.body.data.map(({ body_id }: { body_id: number }) => body_id)).not.toContain(1);
    expect(all.body.data).toMatchObject([{ id: 22, body_id: 1 }]);
    expect((await send(core.app, "GET /circles")).status).toBe(401);
  });

  test("show their body, their parent and their children", async () => {
    const { body } = await send(core.app, "GET /circles/22", { token: tokens.member });
    const parent = await send(core.app, "GET /circles/5", { token: tokens.member });

    expect(body.data).toMatchObject({ body: { code: "TST" }, parent_circle: { id: 1 } });
    expect(parent.body.data.child_circles.map(({ id }: { id: number }) => id)).toEqual([6, 7]);
    expect((await send(core.app, "GET /circles/999", { token: tokens.member })).status).toBe(404);
    expect((await send(core.app, "GET /circles/x", { token: tokens.member })).status).toBe(400);
  });

  test("are made, changed and deleted by whoever may", async () => {
    const body = { name: "Choir", description: "We sing.", body_id: 1, parent_circle_id: 4 };

    expect((await send(core.app, "POST /circles", { token: tokens.board, body })).status).toBe(403);
    const made = await send(core.app, "POST /circles", { token: tokens.admin, body });
    expect(made.body.data).toMatchObject({ name: "Choir", body_id: null, parent_circle_id: null });

    const path = `/circles/${made.body.data.id}` as const;
    const change = { name: "Big choir", parent_circle_id: 4 };
    expect(
      (await send(core.app, `PUT ${path}`, { token: tokens.board, body: change })).status,
    ).toBe(403);
    const changed = await send(core.app, `PUT ${path}`, { token: tokens.admin, body: change });
    expect(changed.body.data).toMatchObject({ name: "Big choir", parent_circle_id: null });
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.board })).status).toBe(403);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.admin })).status).toBe(200);
    expect((await send(core.app, `GET ${path}`, { token: tokens.admin })).status).toBe(404);
  });

  test("of a body are made and changed by its board", async () => {
    const body = { name: "IT", description: "Computers." };

    const made = await send(core.app, "POST /bodies/1/circles", { token: tokens.board, body });
    expect(made.body.data).toMatchObject({ body_id: 1, parent_circle_id: null });
    const path = `/circles/${made.body.data.id}` as const;
    const changed = await send(core.app, `PUT ${path}`, {
      token: tokens.board,
      body: { description: "Screens." },
    });
    expect(changed.body.data.description).toBe("Screens.");
    const foreign = await send(core.app, "POST /bodies/2/circles", { token: tokens.board, body });
    expect(foreign.status).toBe(403);
  });
});

describe("members of a circle", () => {
  test("of a body are members of the body only", async () => {
    const add = (user_id: number) =>
      send(core.app, "POST /circles/21/members", { token: tokens.board, body: { user_id } });

    expect((await add(4)).status).toBe(403);
    expect((await add(999)).status).toBe(404);
    const added = await add(3);
    expect(added.body.data).toMatchObject({
      circle_id: 21,
      user_id: 3,
      user: { first_name: "Mara" },
    });
    expect((await add(3)).body.errors).toHaveProperty("user_id");

    const removed = await send(core.app, `DELETE /circles/21/members/${added.body.data.id}`, {
      token: tokens.board,
    });
    expect(removed.status).toBe(200);
  });

  test("have at once what the circle grants, and lose it with it", async () => {
    const token = tokens.eqac;
    const view = () => send(core.app, "GET /bodies/1/join-requests", { token });
    expect((await view()).status).toBe(403);

    await send(core.app, "POST /circles/21/members", { token: tokens.board, body: { user_id: 5 } });
    expect((await view()).status).toBe(200);

    expect((await send(core.app, "DELETE /circles/21/members", { token })).status).toBe(200);
    expect((await view()).status).toBe(403);
    expect((await send(core.app, "DELETE /circles/21/members", { token })).status).toBe(404);
  });

  test("are listed for members of the body, and carry a position", async () => {
    const listed = await send(core.app, "GET /circles/21/members", { token: tokens.member });
    expect(listed.body.data).toMatchObject([{ user_id: 2, position: "", user: { id: 2 } }]);
    const path = `/circles/21/members/${listed.body.data[0].id}` as const;

    const changed = await send(core.app, `PUT ${path}`, {
      token: tokens.board,
      body: { position: "President" },
    });

    expect(changed.body.data.position).toBe("President");
    expect((await send(core.app, `GET ${path}`, { token: tokens.member })).body.data.position).toBe(
      "President",
    );
    const refused = await send(core.app, `PUT ${path}`, {
      token: tokens.member,
      body: { position: "King" },
    });
    expect(refused.status).toBe(403);
    const foreign = await send(core.app, `GET /circles/22/members/${listed.body.data[0].id}`, {
      token: tokens.board,
    });
    expect(foreign.status).toBe(404);
  });

  test("are nobody else's to see or to change", async () => {
    const token = tokens.stranger;
    const body = { user_id: 4 };

    expect((await send(core.app, "GET /circles/21/members", { token })).status).toBe(403);
    expect((await send(core.app, "POST /circles/4/members", { token, body })).status).toBe(403);
    expect(
      (await send(core.app, "POST /circles/4/members", { token: tokens.board, body })).status,
    ).toBe(403);
    expect((await send(core.app, "GET /circles/21/members")).status).toBe(401);
  });

  test("leave no trace in circles when somebody leaves the body at the same moment", async () => {
    const token = tokens.admin;
    const round = async () => {
      await send(core.app, "POST /bodies/2/members", { token, body: { user_id: 3 } });
      await Promise.all([
        send(core.app, "POST /circles/23/members", { token, body: { user_id: 3 } }),
        send(core.app, "DELETE /bodies/2/members", { token: tokens.member }),
      ]);
    };
    await round();
    await round();
    await round();

    const left = await core.db
      .selectFrom("circle_memberships")
      .where("user_id", "=", 3)
      .where("circle_id", "in", [23, 24])
      .selectAll()
      .execute();
    expect(left).toEqual([]);
  });
});

describe("PUT /circles/:id/parent", () => {
  test("sets and unsets a parent", async () => {
    expect(await setParent(12, 5)).toMatchObject({ status: 200 });
    expect(await parentOf(12)).toBe(5);
    expect(await setParent(12, null)).toMatchObject({ status: 200 });
    expect(await parentOf(12)).toBeNull();
  });

  test("refuses a loop, and a circle as its own parent", async () => {
    expect((await setParent(3, 6)).body.errors).toHaveProperty("parent_circle_id");
    expect((await setParent(3, 3)).body.errors).toHaveProperty("parent_circle_id");
    expect(await parentOf(3)).toBeNull();
  });

  test("needs the permission and circles that exist", async () => {
    const refused = await send(core.app, "PUT /circles/21/parent", {
      token: tokens.board,
      body: { parent_circle_id: 4 },
    });

    expect(refused.status).toBe(403);
    expect((await setParent(999, 1)).status).toBe(404);
    expect((await setParent(12, 999)).status).toBe(404);
  });
});

describe("permissions of a circle", () => {
  test("are listed with those of every circle above", async () => {
    const { body } = await send(core.app, "GET /circles/6/permissions", { token: tokens.member });

    expect(body.data).toContainEqual(
      expect.objectContaining({
        combined: "global:update_memberslist_status:agora",
        is_inherited: false,
      }),
    );
    expect(body.data).toContainEqual(
      expect.objectContaining({ combined: "global:manage:discounts", is_inherited: true }),
    );
    expect(body.meta.count).toBe(body.data.length);
  });

  test("are given and taken, and take effect at once", async () => {
    const permission = await core.db
      .selectFrom("permissions")
      .where("combined", "=", "global:view:member")
      .select("id")
      .executeTakeFirstOrThrow();
    const body = { permission_id: permission.id };
    const list = () => send(core.app, "GET /members", { token: tokens.eqac });
    const give = (token: string) => send(core.app, "POST /circles/9/permissions", { token, body });

    expect((await give(tokens.board)).status).toBe(403);
    expect((await give(tokens.admin)).status).toBe(200);
    expect((await give(tokens.admin)).body.errors).toHaveProperty("permission_id");
    expect((await list()).status).toBe(200);

    const path = `/circles/9/permissions/${permission.id}` as const;
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.board })).status).toBe(403);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.admin })).status).toBe(200);
    expect((await send(core.app, `DELETE ${path}`, { token: tokens.admin })).status).toBe(404);
    expect((await list()).status).toBe(403);
  });
});

describe("my_permissions", () => {
  test("GET answers the global ones", async () => {
    const { body } = await send(core.app, "GET /my_permissions", { token: tokens.board });

    expect(body.data.map(({ combined }: { combined: string }) => combined)).toEqual([
      "global:create:event",
    ]);
    expect((await send(core.app, "GET /my_permissions")).status).toBe(401);
  });

  test("POST answers the circles through which a local one comes, whatever a superadmin may", async () => {
    const body = { action: "approve_members", object: "events" };
    const board = await send(core.app, "POST /my_permissions", { token: tokens.board, body });
    const admin = await send(core.app, "POST /my_permissions", { token: tokens.admin, body });

    expect(board.body.data).toMatchObject([{ id: 21, body_id: 1 }]);
    expect(admin.body.data).toEqual([]);
  });

  test("POST needs a permission that exists, and both of its parts", async () => {
    expect((await askFor({ action: "no", object: "such" })).status).toBe(404);
    expect((await askFor({ action: "approve_members" })).status).toBe(422);
  });
});

function askFor(body: object) {
  return send(core.app, "POST /my_permissions", { token: tokens.board, body });
}

function setParent(id: number, parent_circle_id: number | null) {
  return send(core.app, `PUT /circles/${id}/parent`, {
    token: tokens.admin,
    body: { parent_circle_id },
  });
}

async function parentOf(id: number): Promise<number | null> {
  const { body } = await send(core.app, `GET /circles/${id}`, { token: tokens.admin });
  return body.data.parent_circle_id;
}

function readTokens() {
  return tokensOf(core.db, "admin", "board", "member", "stranger", "eqac");
}
