import { sql } from "kysely";

import { hashToken } from "../sessions/token.ts";
import type { Db } from "../tables.ts";

export type CallingUser = NonNullable<Awaited<ReturnType<typeof readUserByAccessToken>>>;

/** Suspended users have no tokens left; the check is for a token made while the suspension was written. */
export async function readUserByAccessToken(db: Db, token: string) {
  return db
    .selectFrom("access_tokens")
    .innerJoin("sessions", "sessions.id", "access_tokens.session_id")
    .innerJoin("users", "users.id", "sessions.user_id")
    .where("token_hash", "=", hashToken(token))
    .where("expires_at", ">", sql<string>`now()`)
    .where("users.active", "=", true)
    .where("users.mail_confirmed_at", "is not", null)
    .select([
      "users.id",
      "users.username",
      "users.first_name",
      "users.last_name",
      "users.email",
      "users.notification_email",
      "users.date_of_birth",
      "users.gender",
      "users.superadmin",
      "users.active",
      "users.primary_body_id",
    ])
    .executeTakeFirst();
}
