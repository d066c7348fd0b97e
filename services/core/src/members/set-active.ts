import { sql } from "kysely";

import { deleteSessionsOf } from "../sessions/sessions.repository.ts";
import type { Db } from "../tables.ts";

/** Suspending ends every session in the same transaction. */
export async function setActive(userId: number, isActive: boolean, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable("users")
      .set({ active: isActive, updated_at: sql`now()` })
      .where("id", "=", userId)
      .execute();
    if (!isActive) {
      await deleteSessionsOf(trx, userId);
    }
  });
}
