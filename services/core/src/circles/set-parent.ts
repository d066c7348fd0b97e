import { lockKey } from "@myaegee/database";
import { notFound, unprocessable } from "@myaegee/service-kit";
import { sql } from "kysely";

import type { Db } from "../tables.ts";
import { isBelow } from "./circles.repository.ts";

/**
 * One change of the tree at a time, of all instances: two that are harmless alone,
 * A below B and B below A, would make a loop together.
 */
export async function setParent(circleId: number, parentId: number | null, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await lockKey(trx, "circle-tree");
    if (parentId !== null) {
      await expectNoLoop(trx, circleId, parentId);
    }
    await trx
      .updateTable("circles")
      .set({ parent_circle_id: parentId, updated_at: sql`now()` })
      .where("id", "=", circleId)
      .execute();
  });
}

async function expectNoLoop(trx: Db, circleId: number, parentId: number): Promise<void> {
  const parent = await trx
    .selectFrom("circles")
    .where("id", "=", parentId)
    .select("id")
    .forKeyShare()
    .executeTakeFirst();
  if (parent === undefined) {
    throw notFound("Parent circle");
  }
  if (await isBelow(trx, { id: parentId, ancestorId: circleId })) {
    throw unprocessable({
      parent_circle_id: `Circle ${parentId} is circle ${circleId} or below it: that would be a loop.`,
    });
  }
}
