import type { Page } from "@myaegee/service-kit";
import { sql } from "kysely";
import { jsonArrayFrom, jsonObjectFrom } from "kysely/helpers/postgres";

import { selectCirclesHolding } from "../access/grants.repository.ts";
import { matchesSearch, readPage } from "../lists/read-page.ts";
import type { Db } from "../tables.ts";

export const circleColumns = [
  "circles.id",
  "circles.name",
  "circles.description",
  "circles.gsuite_id",
  "circles.body_id",
  "circles.parent_circle_id",
  "circles.created_at",
  "circles.updated_at",
] as const;

export const circleSorts = ["id", "name", "created_at"] as const;

export interface CirclesList extends Page {
  query?: string | undefined;
  sort: (typeof circleSorts)[number];
  direction: "asc" | "desc";
}

export type CircleDetails = NonNullable<Awaited<ReturnType<typeof readCircle>>>;

export async function readCircle(db: Db, id: number) {
  return db
    .selectFrom("circles")
    .where("circles.id", "=", id)
    .select(circleColumns)
    .select((query) => [
      jsonObjectFrom(
        query
          .selectFrom("bodies")
          .whereRef("bodies.id", "=", "circles.body_id")
          .select(["bodies.id", "bodies.name", "bodies.code", "bodies.type"]),
      ).as("body"),
      jsonObjectFrom(
        query
          .selectFrom("circles as parents")
          .whereRef("parents.id", "=", "circles.parent_circle_id")
          .select(["parents.id", "parents.name"]),
      ).as("parent_circle"),
      jsonArrayFrom(
        query
          .selectFrom("circles as children")
          .whereRef("children.parent_circle_id", "=", "circles.id")
          .select(["children.id", "children.name"])
          .orderBy("children.id"),
      ).as("child_circles"),
    ])
    .executeTakeFirst();
}

/** Free circles; with `all` those that are bound to a body too. */
export async function readCirclesPage(db: Db, list: CirclesList & { all: boolean }) {
  return readPage(
    db
      .selectFrom("circles")
      .where(matchesSearch("circles", list.query))
      .$if(!list.all, (query) => query.where("body_id", "is", null))
      .select(circleColumns)
      .orderBy(`circles.${list.sort}`, list.direction)
      .orderBy("circles.id"),
    list,
  );
}

/** The user's own circles through which a permission comes. */
export async function readCirclesHoldingPage(
  db: Db,
  { userId, permissionId }: { userId: number; permissionId: number },
  list: CirclesList,
) {
  return readPage(
    db
      .selectFrom("circle_memberships")
      .innerJoin("circles", "circles.id", "circle_memberships.circle_id")
      .where("circle_memberships.user_id", "=", userId)
      .where("circles.id", "in", selectCirclesHolding(db, permissionId))
      .where(matchesSearch("circles", list.query))
      .select(circleColumns)
      .orderBy(`circles.${list.sort}`, list.direction)
      .orderBy("circles.id"),
    list,
  );
}

/** Whether `id` is `ancestorId`, or is below it. */
export async function isBelow(
  db: Db,
  { id, ancestorId }: { id: number; ancestorId: number },
): Promise<boolean> {
  const { rows } = await sql<{ is_below: boolean }>`
    with recursive up as (
      select id, parent_circle_id from circles where id = ${id}
       union
      select circles.id, circles.parent_circle_id
        from up join circles on circles.id = up.parent_circle_id
    )
    select exists (select from up where id = ${ancestorId}) as is_below`.execute(db);
  return rows[0]?.is_below === true;
}
