import { badRequest, notFound } from "@myaegee/service-kit";

import { readPermissionId } from "../permissions/permissions.repository.ts";
import type { Db } from "../tables.ts";

/** `holds_permission[action]` and `holds_permission[object]` → id of that local permission. */
export async function findPermissionAsked(
  query: {
    "holds_permission[action]"?: string | undefined;
    "holds_permission[object]"?: string | undefined;
  },
  db: Db,
): Promise<number | undefined> {
  const action = query["holds_permission[action]"];
  const object = query["holds_permission[object]"];
  if (action === undefined && object === undefined) {
    return undefined;
  }
  if (action === undefined || object === undefined) {
    throw badRequest("holds_permission needs both an action and an object.");
  }
  const id = await readPermissionId(db, { scope: "local", action, object });
  if (id === undefined) {
    throw notFound("Permission");
  }
  return id;
}
