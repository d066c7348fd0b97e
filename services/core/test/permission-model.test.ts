import * as fc from "fast-check";
import { type InsertObject, sql } from "kysely";
import { describe, expect, test } from "vitest";

import { readGrants } from "../src/access/grants.repository.ts";
import { setParent } from "../src/circles/set-parent.ts";
import type { Db, Tables } from "../src/tables.ts";
import { createEmptyDatabase } from "./app.ts";

const USER = 1;
const BODIES = [1, 2, 3];
const SCOPES = ["global", "local", "join_request"] as const;

/** Circle n + 1: its parent is one of the circles before it, so the tree has no loop. */
const circle = fc.record({
  parent: fc.option(fc.nat({ max: 1000 })),
  body: fc.option(fc.constantFrom(...BODIES)),
  isMine: fc.boolean(),
  permissions: fc.uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 }),
});
const world = fc.array(circle, { minLength: 1, maxLength: 9 }).map((circles) =>
  circles.map(({ parent, ...rest }, index) => ({
    ...rest,
    id: index + 1,
    parent: parent === null || index === 0 ? null : (parent % index) + 1,
  })),
);
type World = typeof world extends fc.Arbitrary<infer Value> ? Value : never;

describe("what the circles of somebody grant", () => {
  test("is what every circle from theirs up to the root was given, with the bodies of theirs", async () => {
    const { db } = await createEmptyDatabase();
    await insertFixed(db);

    await fc.assert(
      fc.asyncProperty(world, async (circles) => {
        await writeWorld(db, circles);

        const granted = await readGrants(db, USER);

        expect(granted.map(({ id, body_ids }) => ({ id, body_ids }))).toEqual(
          expectGrants(circles),
        );
      }),
      { numRuns: 60, seed: 42 },
    );
  });

  test("ends even where a loop was forced into the table", async () => {
    const { db } = await createEmptyDatabase();
    await insertFixed(db);
    await writeWorld(db, [
      { id: 1, parent: null, body: 1, isMine: true, permissions: [] },
      { id: 2, parent: 1, body: null, isMine: false, permissions: [1] },
    ]);
    await db.updateTable("circles").set({ parent_circle_id: 2 }).where("id", "=", 1).execute();

    expect(await readGrants(db, USER)).toMatchObject([{ id: 1, body_ids: [1] }]);
  });
});

describe("the tree of circles", () => {
  test("has no loop, whatever parents are set at the same time", async () => {
    const { db } = await createEmptyDatabase();
    await insertFixed(db);
    const move = fc.record({
      id: fc.integer({ min: 1, max: 5 }),
      parent: fc.integer({ min: 1, max: 5 }),
    });

    await fc.assert(
      fc.asyncProperty(fc.array(move, { minLength: 2, maxLength: 8 }), async (moves) => {
        await writeWorld(db, plainCircles(5));

        await Promise.allSettled(moves.map(({ id, parent }) => setParent(id, parent, db)));

        expect(await readLoops(db)).toEqual([]);
      }),
      { numRuns: 40, seed: 7 },
    );
  });

  test("takes one of two parents that would make a loop together", async () => {
    const { db } = await createEmptyDatabase();
    await insertFixed(db);
    await writeWorld(db, plainCircles(2));

    const results = await Promise.allSettled([setParent(1, 2, db), setParent(2, 1, db)]);

    expect(results.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
  });
});

/** The same rule, walked in memory. */
function expectGrants(circles: World) {
  const byId = new Map(circles.map((one) => [one.id, one]));
  const found = new Map<number, Set<number>>();
  for (const mine of circles.filter(({ isMine }) => isMine)) {
    for (let at = byId.get(mine.id); at !== undefined; at = byId.get(at.parent ?? 0)) {
      for (const id of at.permissions) {
        found.set(
          id,
          new Set([...(found.get(id) ?? []), ...(mine.body === null ? [] : [mine.body])]),
        );
      }
    }
  }
  return [...found]
    .map(([id, ids]) => ({ id, body_ids: [...ids].toSorted((a, b) => a - b) }))
    .toSorted((a, b) => a.id - b.id);
}

function plainCircles(count: number): World {
  return Array.from({ length: count }, (_, index) => ({
    id: index + 1,
    parent: null,
    body: null,
    isMine: false,
    permissions: [],
  }));
}

async function insertFixed(db: Db): Promise<void> {
  await db
    .insertInto("users")
    .values({
      id: USER,
      username: "somebody",
      email: "somebody@example.org",
      password_hash: "",
      first_name: "Some",
      last_name: "Body",
    })
    .execute();
  await db
    .insertInto("bodies")
    .values(
      BODIES.map((id) => ({
        id,
        name: `Body ${id}`,
        description: "",
        email: "",
        code: `AA${"ABC"[id - 1]}`,
      })),
    )
    .execute();
  await db
    .insertInto("permissions")
    .values(
      Array.from({ length: 6 }, (_, index) => ({
        id: index + 1,
        scope: SCOPES[index % 3] ?? "global",
        action: `action-${index}`,
        object: "thing",
      })),
    )
    .execute();
}

/** Truncating circles would take bodies and users along: they refer to each other. */
async function writeWorld(db: Db, circles: World): Promise<void> {
  await db.deleteFrom("circles").execute();
  await db
    .insertInto("circles")
    .values(
      circles.map(({ id, parent, body }) => ({
        id,
        name: `Circle ${id}`,
        description: "",
        parent_circle_id: parent,
        body_id: body,
      })),
    )
    .execute();
  const mine = circles.filter(({ isMine }) => isMine);
  const given = circles.flatMap(({ id, permissions }) =>
    permissions.map((permission_id) => ({ circle_id: id, permission_id })),
  );
  await insertAll(
    db,
    "circle_memberships",
    mine.map(({ id }) => ({ circle_id: id, user_id: USER })),
  );
  await insertAll(db, "circle_permissions", given);
}

async function insertAll<Table extends "circle_memberships" | "circle_permissions">(
  db: Db,
  table: Table,
  rows: readonly InsertObject<Tables, Table>[],
): Promise<void> {
  if (rows.length > 0) {
    await db.insertInto(table).values(rows).execute();
  }
}

async function readLoops(db: Db): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    with recursive up as (
      select id as start, parent_circle_id as at from circles
       union
      select up.start, circles.parent_circle_id from up join circles on circles.id = up.at
    )
    select start as id from up where start = at`.execute(db);
  return rows.map(({ id }) => id);
}
