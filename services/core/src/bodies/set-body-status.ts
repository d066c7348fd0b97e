import { sql } from "kysely";

import type { Db } from "../tables.ts";
import { insertShadowCircle } from "./create-body.ts";

/** A deleted body keeps its row and loses everything around it; a restored one starts with an empty shadow circle. */
export async function setBodyStatus(
  bodyId: number,
  status: "active" | "deleted",
  db: Db,
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const body = await trx
      .updateTable("bodies")
      .set({ status, updated_at: sql`now()` })
      .where("id", "=", bodyId)
      .returning(["id", "name", "shadow_circle_id"])
      .executeTakeFirstOrThrow();
    if (status === "deleted") {
      await deleteEverythingOf(trx, bodyId);
    } else if (body.shadow_circle_id === null) {
      await insertShadowCircle(trx, body);
    }
  });
}

async function deleteEverythingOf(trx: Db, bodyId: number): Promise<void> {
  for (const table of ["join_requests", "body_memberships", "circles", "payments"] as const) {
    await trx.deleteFrom(table).where("body_id", "=", bodyId).execute();
  }
  await trx
    .updateTable("campaigns")
    .set({ active: false })
    .where("autojoin_body_id", "=", bodyId)
    .execute();
  await trx
    .updateTable("users")
    .set({ primary_body_id: null })
    .where("primary_body_id", "=", bodyId)
    .execute();
}
