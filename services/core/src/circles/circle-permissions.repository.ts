import type { Page } from "@myaegee/service-kit";
import { sql } from "kysely";
import Type from "typebox";

import { readPage } from "../lists/read-page.ts";
import { permissionColumns } from "../permissions/permissions.repository.ts";
import { PermissionRow } from "../permissions/permissions.schema.ts";
import type { Db } from "../tables.ts";

export const CirclePermission = Type.Object({
  id: Type.Integer(),
  circle_id: Type.Integer(),
  permission_id: Type.Integer(),
  created_at: Type.String(),
});

export const CirclePermissionListed = Type.Object({
  ...PermissionRow.properties,
  is_inherited: Type.Boolean({ description: "It was given to a circle above, not to this one." }),
});

export const circlePermissionKeys = {
  circle_permissions_circle_id_permission_id_key: [
    "permission_id",
    "The circle has this permission already.",
  ],
} as const;

/** What the circle grants: its own permissions and those of every circle above it. */
export async function readCirclePermissionsPage(db: Db, circleId: number, page: Page) {
  const granted = db
    .withRecursive("above", (query) =>
      query
        .selectFrom("circles")
        .where("circles.id", "=", circleId)
        .select(["circles.id", "circles.parent_circle_id"])
        .union(
          query
            .selectFrom("above")
            .innerJoin("circles", "circles.id", "above.parent_circle_id")
            .select(["circles.id", "circles.parent_circle_id"]),
        ),
    )
    .selectFrom("circle_permissions")
    .innerJoin("above", "above.id", "circle_permissions.circle_id")
    .groupBy("circle_permissions.permission_id")
    .select([
      "circle_permissions.permission_id",
      sql<boolean>`not bool_or(circle_permissions.circle_id = ${circleId})`.as("is_inherited"),
    ]);
  return readPage(
    db
      .selectFrom("permissions")
      .innerJoin(granted.as("granted"), "granted.permission_id", "permissions.id")
      .select(permissionColumns)
      .select("granted.is_inherited")
      .orderBy("permissions.id"),
    page,
  );
}

export async function insertCirclePermission(
  db: Db,
  chosen: { circle_id: number; permission_id: number },
) {
  return db
    .insertInto("circle_permissions")
    .values(chosen)
    .returning(["id", "circle_id", "permission_id", "created_at"])
    .executeTakeFirstOrThrow();
}
