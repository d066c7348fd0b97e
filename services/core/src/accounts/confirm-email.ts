import { sql } from "kysely";

import { invalidToken } from "../errors.ts";
import type { Db } from "../tables.ts";
import { takeMailToken } from "./mail-tokens.repository.ts";

export async function confirmEmail(token: string, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const confirmation = await takeMailToken(trx, "confirm-email", token);
    if (confirmation === undefined) {
      throw invalidToken();
    }
    await trx
      .updateTable("users")
      .set({ mail_confirmed_at: sql`now()`, updated_at: sql`now()` })
      .where("id", "=", confirmation.user_id)
      .where("mail_confirmed_at", "is", null)
      .execute();
  });
}
