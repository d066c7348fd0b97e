import { forbidden, type Page } from "@myaegee/service-kit";

import { matchesSearch, readPage } from "../lists/read-page.ts";
import { selectUser } from "../members/members.repository.ts";
import type { Db } from "../tables.ts";

const columns = [
  "circle_memberships.id",
  "circle_memberships.circle_id",
  "circle_memberships.user_id",
  "circle_memberships.position",
  "circle_memberships.created_at",
  "circle_memberships.updated_at",
] as const;

export const circleMemberKeys = {
  circle_memberships_circle_id_user_id_key: [
    "user_id",
    "The user is a member of this circle already.",
  ],
} as const;

function selectCircleMembers(db: Db) {
  return db
    .selectFrom("circle_memberships")
    .innerJoin("users", "users.id", "circle_memberships.user_id")
    .select(columns)
    .select(selectUser);
}

export async function readCircleMembersPage(
  db: Db,
  circleId: number,
  list: Page & { query?: string | undefined; direction: "asc" | "desc" },
) {
  return readPage(
    selectCircleMembers(db)
      .where("circle_memberships.circle_id", "=", circleId)
      .where(matchesSearch("users", list.query))
      .orderBy("circle_memberships.id", list.direction),
    list,
  );
}

export async function readCircleMember(db: Db, by: { circleId: number; membershipId: number }) {
  return selectCircleMembers(db)
    .where("circle_memberships.circle_id", "=", by.circleId)
    .where("circle_memberships.id", "=", by.membershipId)
    .executeTakeFirst();
}

/** In a bound circle there are members of its body only; whoever leaves the body at this moment waits for us. */
export async function insertCircleMember(
  trx: Db,
  { circle, userId }: { circle: { id: number; body_id: number | null }; userId: number },
): Promise<number> {
  if (circle.body_id !== null) {
    const membership = await trx
      .selectFrom("body_memberships")
      .where("body_id", "=", circle.body_id)
      .where("user_id", "=", userId)
      .select("id")
      .forShare()
      .executeTakeFirst();
    if (membership === undefined) {
      throw forbidden("The user is not a member of the body circle is bound to.");
    }
  }
  const { id } = await trx
    .insertInto("circle_memberships")
    .values({ circle_id: circle.id, user_id: userId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}
