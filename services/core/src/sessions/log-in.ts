import { forbidden } from "@myaegee/service-kit";
import { sql } from "kysely";

import { isPasswordOf } from "../accounts/password.ts";
import { readAccount } from "../members/members.repository.ts";
import type { Db } from "../tables.ts";
import { insertSession, type TokenPair } from "./sessions.repository.ts";

/**
 * Same answer and same work for an unknown name and a wrong password;
 * only who knows the password hears that the account is unconfirmed or suspended.
 */
export async function logIn(
  { username, password }: { username: string; password: string },
  db: Db,
): Promise<TokenPair> {
  const account = await readAccount(db, username);
  if (!(await isPasswordOf(account, password)) || account === undefined) {
    throw forbidden("Username or password is not valid.");
  }
  if (account.mail_confirmed_at === null) {
    throw forbidden("Please confirm your mail first.");
  }
  if (!account.active) {
    throw forbidden("Your account is suspended.");
  }
  return db.transaction().execute(async (trx) => {
    // Whoever suspends the account or resets its password meanwhile waits for this row, or we find it changed.
    const updated = await trx
      .updateTable("users")
      .set({ last_logged_in: sql`now()`, last_active: sql`now()` })
      .where("id", "=", account.id)
      .where("active", "=", true)
      .where("password_hash", "=", account.password_hash)
      .returning("id")
      .executeTakeFirst();
    if (updated === undefined) {
      throw forbidden("Username or password is not valid.");
    }
    return insertSession(trx, account.id);
  });
}
