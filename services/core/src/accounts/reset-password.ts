import { sql } from "kysely";

import { invalidToken } from "../errors.ts";
import { deleteSessionsOf } from "../sessions/sessions.repository.ts";
import type { Db } from "../tables.ts";
import { hasMailToken, takeMailToken } from "./mail-tokens.repository.ts";
import { hashPassword } from "./password.ts";

/** Sets the password with the token of a mail, and ends every session of the account. */
export async function resetPassword(
  { token, password }: { token: string; password: string },
  db: Db,
): Promise<void> {
  // Hashing is dear: nobody gets it for a token that is only guessed.
  const isKnown = await hasMailToken(db, "reset-password", token);
  const passwordHash = isKnown ? await hashPassword(password) : "";
  await db.transaction().execute(async (trx) => {
    const reset = await takeMailToken(trx, "reset-password", token);
    if (!isKnown || reset === undefined) {
      throw invalidToken();
    }
    await trx
      .updateTable("users")
      .set({ password_hash: passwordHash, updated_at: sql`now()` })
      .where("id", "=", reset.user_id)
      .execute();
    await deleteSessionsOf(trx, reset.user_id);
  });
}
