import { sql } from "kysely";

import type { Db } from "../tables.ts";
import type { Grant, Permission } from "./permitted.ts";

/**
 * Everything the user's circles grant: each direct circle, then its parents up to the root.
 * A body counts when one of the direct circles is bound to it, wherever above the permission was found.
 */
export async function readGrants(db: Db, userId: number): Promise<Grant[]> {
  const { rows } = await sql<Grant>`
    with recursive walk as (
      select circles.id as circle_id, circles.parent_circle_id, circles.body_id
        from circle_memberships
        join circles on circles.id = circle_memberships.circle_id
       where circle_memberships.user_id = ${userId}
       union
      select parents.id, parents.parent_circle_id, walk.body_id
        from walk join circles as parents on parents.id = walk.parent_circle_id
    )
    select permissions.id, scope, action, object, combined, description, filters,
           coalesce(array_agg(distinct walk.body_id) filter (where walk.body_id is not null), '{}')
             as body_ids
      from walk
      join circle_permissions using (circle_id)
      join permissions on permissions.id = circle_permissions.permission_id
     group by permissions.id
     order by permissions.id`.execute(db);
  return rows;
}

export async function readAllPermissions(db: Db): Promise<Permission[]> {
  return db
    .selectFrom("permissions")
    .select(["id", "scope", "action", "object", "combined", "description", "filters"])
    .orderBy("id")
    .execute();
}

/** Ids of the circles that hold a permission: those it was given to, and everything below them. */
export function selectCirclesHolding(db: Db, permissionId: number) {
  return db
    .withRecursive("holding", (query) =>
      query
        .selectFrom("circle_permissions")
        .where("permission_id", "=", permissionId)
        .select("circle_id as id")
        .union(
          query
            .selectFrom("circles")
            .innerJoin("holding", "holding.id", "circles.parent_circle_id")
            .select("circles.id"),
        ),
    )
    .selectFrom("holding")
    .select("id");
}
