import type { Page } from "@myaegee/service-kit";

import { selectCirclesHolding } from "../access/grants.repository.ts";
import { matchesSearch, readPage } from "../lists/read-page.ts";
import { selectUser } from "../members/members.repository.ts";
import type { Db } from "../tables.ts";

/** Membership and shadow circle together. `undefined` when the user was a member already. */
export async function insertBodyMember(
  trx: Db,
  { userId, bodyId }: { userId: number; bodyId: number },
) {
  const membership = await trx
    .insertInto("body_memberships")
    .values({ user_id: userId, body_id: bodyId })
    .onConflict((conflict) => conflict.doNothing())
    .returning(["id", "user_id", "body_id", "comment", "created_at", "updated_at"])
    .executeTakeFirst();
  await trx
    .insertInto("circle_memberships")
    .columns(["circle_id", "user_id"])
    .expression((query) =>
      query
        .selectFrom("bodies")
        .where("bodies.id", "=", bodyId)
        .where("shadow_circle_id", "is not", null)
        .select((select) => [
          select.ref("shadow_circle_id").$notNull().as("circle_id"),
          select.val(userId).as("user_id"),
        ]),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  return membership;
}

/**
 * The membership first: whoever adds the user to a circle of the body at this moment holds a lock on it,
 * and the circle memberships that come after are seen here.
 */
export async function deleteBodyMember(
  trx: Db,
  { userId, bodyId }: { userId: number; bodyId: number },
): Promise<boolean> {
  const membership = await trx
    .deleteFrom("body_memberships")
    .where("user_id", "=", userId)
    .where("body_id", "=", bodyId)
    .returning("id")
    .executeTakeFirst();
  await trx
    .deleteFrom("circle_memberships")
    .where("user_id", "=", userId)
    .where("circle_id", "in", (query) =>
      query.selectFrom("circles").where("body_id", "=", bodyId).select("id"),
    )
    .execute();
  await trx
    .deleteFrom("join_requests")
    .where("user_id", "=", userId)
    .where("body_id", "=", bodyId)
    .execute();
  await trx
    .updateTable("users")
    .set({ primary_body_id: null })
    .where("id", "=", userId)
    .where("primary_body_id", "=", bodyId)
    .execute();
  return membership !== undefined;
}

export async function readMembershipsPage(
  db: Db,
  bodyId: number,
  list: Page & {
    query?: string | undefined;
    direction: "asc" | "desc";
    /** Only those who hold this local permission in the body. */
    permissionId?: number | undefined;
  },
) {
  const { permissionId } = list;
  return readPage(
    selectMemberships(db)
      .where("body_memberships.body_id", "=", bodyId)
      .where(matchesSearch("users", list.query))
      .$if(permissionId !== undefined, (query) =>
        query.where(
          "users.id",
          "in",
          selectHolders(db, { bodyId, permissionId: permissionId ?? 0 }),
        ),
      )
      .orderBy("body_memberships.id", list.direction),
    list,
  );
}

export async function readMembership(db: Db, by: { bodyId: number; membershipId: number }) {
  return selectMemberships(db)
    .where("body_memberships.body_id", "=", by.bodyId)
    .where("body_memberships.id", "=", by.membershipId)
    .executeTakeFirst();
}

/** Ids of the users that hold a permission through a circle bound to the body. */
export function selectHolders(
  db: Db,
  { bodyId, permissionId }: { bodyId: number; permissionId: number },
) {
  return db
    .selectFrom("circle_memberships")
    .innerJoin("circles", "circles.id", "circle_memberships.circle_id")
    .where("circles.body_id", "=", bodyId)
    .where("circles.id", "in", selectCirclesHolding(db, permissionId))
    .select("circle_memberships.user_id");
}

function selectMemberships(db: Db) {
  return db
    .selectFrom("body_memberships")
    .innerJoin("users", "users.id", "body_memberships.user_id")
    .select([
      "body_memberships.id",
      "body_memberships.body_id",
      "body_memberships.user_id",
      "body_memberships.comment",
      "body_memberships.created_at",
      "body_memberships.updated_at",
    ])
    .select(selectUser);
}
