import { sql } from "kysely";

import type { Db } from "../tables.ts";

/** Accounts whose confirmation ran out. Answers how many. */
export async function deleteUnconfirmedUsers(db: Db): Promise<number> {
  const { numDeletedRows } = await db
    .deleteFrom("users")
    .where("mail_confirmed_at", "is", null)
    .where("id", "in", (query) =>
      query
        .selectFrom("mail_tokens")
        .where("purpose", "=", "confirm-email")
        .where("expires_at", "<=", sql<string>`now()`)
        .select("user_id"),
    )
    .executeTakeFirstOrThrow();
  return Number(numDeletedRows);
}

/** Everything that only mattered until a moment that is past. Answers how many rows. */
export async function deleteExpiredTokens(db: Db): Promise<number> {
  const now = sql<string>`now()`;
  const deletions = [
    db.deleteFrom("access_tokens").where("expires_at", "<=", now),
    db.deleteFrom("refresh_tokens").where("expires_at", "<=", now),
    // With its confirmation an account that nobody confirmed goes, and that is the other job.
    db
      .deleteFrom("mail_tokens")
      .where("expires_at", "<=", now)
      .where("purpose", "<>", "confirm-email"),
    db
      .deleteFrom("sessions")
      .where("created_at", "<=", sql<string>`now() - interval '1 hour'`)
      .where((where) =>
        where.not(
          where.exists(
            where
              .selectFrom("refresh_tokens")
              .whereRef("refresh_tokens.session_id", "=", "sessions.id")
              .select("token_hash"),
          ),
        ),
      ),
    db.deleteFrom("rate_limits").where("resets_at", "<=", now),
  ];
  let count = 0;
  for (const deletion of deletions) {
    count += Number((await deletion.executeTakeFirstOrThrow()).numDeletedRows);
  }
  return count;
}
