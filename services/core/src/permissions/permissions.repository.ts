import type { Page } from "@myaegee/service-kit";
import { sql } from "kysely";
import { jsonArrayFrom } from "kysely/helpers/postgres";

import { matchesSearch, readPage } from "../lists/read-page.ts";
import type { Db } from "../tables.ts";
import type { NewPermission, PermissionChanges } from "./permissions.schema.ts";

export const permissionColumns = [
  "permissions.id",
  "permissions.scope",
  "permissions.action",
  "permissions.object",
  "permissions.combined",
  "permissions.description",
  "permissions.filters",
  "permissions.created_at",
  "permissions.updated_at",
] as const;

export const permissionSorts = ["id", "combined", "scope", "action", "object"] as const;

interface PermissionsList extends Page {
  query?: string | undefined;
  sort: (typeof permissionSorts)[number];
  direction: "asc" | "desc";
}

export const permissionKeys = {
  permissions_scope_action_object_key: [
    "action",
    "Permission with this scope, action and object already exists.",
  ],
} as const;

export async function readPermissionsPage(db: Db, list: PermissionsList) {
  return readPage(
    db
      .selectFrom("permissions")
      .where(matchesSearch("permissions", list.query))
      .select(permissionColumns)
      .orderBy(`permissions.${list.sort}`, list.direction)
      .orderBy("permissions.id"),
    list,
  );
}

export async function readPermission(db: Db, id: number) {
  return db
    .selectFrom("permissions")
    .where("permissions.id", "=", id)
    .select(permissionColumns)
    .select((query) =>
      jsonArrayFrom(
        query
          .selectFrom("circle_permissions")
          .innerJoin("circles", "circles.id", "circle_permissions.circle_id")
          .whereRef("circle_permissions.permission_id", "=", "permissions.id")
          .select(["circles.id", "circles.name", "circles.body_id"])
          .orderBy("circles.id"),
      ).as("circles"),
    )
    .executeTakeFirst();
}

export async function readPermissionId(
  db: Db,
  { scope, action, object }: { scope: "local" | "global"; action: string; object: string },
): Promise<number | undefined> {
  const permission = await db
    .selectFrom("permissions")
    .where("scope", "=", scope)
    .where("action", "=", action)
    .where("object", "=", object)
    .select("id")
    .executeTakeFirst();
  return permission?.id;
}

export async function insertPermission(db: Db, permission: NewPermission): Promise<number> {
  const { scope = "global", action, object } = permission;
  const { id } = await db
    .insertInto("permissions")
    .values({ ...pickFields(permission), scope, action, object })
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

export async function updatePermission(
  db: Db,
  id: number,
  changes: PermissionChanges,
): Promise<void> {
  await db
    .updateTable("permissions")
    .set({ ...pickFields(changes), scope: changes.scope, updated_at: sql`now()` })
    .where("id", "=", id)
    .execute();
}

function pickFields({ action, object, description, filters }: PermissionChanges) {
  return {
    action,
    object,
    description: description === null ? "" : description,
    filters: filters === null ? [] : filters,
  };
}
