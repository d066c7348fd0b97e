import { unprocessable } from "@myaegee/service-kit";
import { sql } from "kysely";

import { hashPassword, isPasswordOf } from "../accounts/password.ts";
import { hashToken } from "../sessions/token.ts";
import type { Db } from "../tables.ts";

/** Needs the old password. Ends every session but the one that `keptToken` belongs to. */
export async function changePassword(
  userId: number,
  passwords: { old_password: string; password: string },
  { db, keptToken }: { db: Db; keptToken: string },
): Promise<void> {
  const account = await db
    .selectFrom("users")
    .where("id", "=", userId)
    .select("password_hash")
    .executeTakeFirst();
  if (!(await isPasswordOf(account, passwords.old_password))) {
    throw unprocessable({ old_password: "The old password is invalid." });
  }
  const passwordHash = await hashPassword(passwords.password);
  await db.transaction().execute(async (trx) => {
    await trx
      .updateTable("users")
      .set({ password_hash: passwordHash, updated_at: sql`now()` })
      .where("id", "=", userId)
      .execute();
    await trx
      .deleteFrom("sessions")
      .where("user_id", "=", userId)
      .where("id", "not in", (query) =>
        query
          .selectFrom("access_tokens")
          .where("token_hash", "=", hashToken(keptToken))
          .select("session_id"),
      )
      .execute();
  });
}
