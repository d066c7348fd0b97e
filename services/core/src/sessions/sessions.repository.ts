import { sql } from "kysely";

import type { Db } from "../tables.ts";
import { createToken, hashToken, tokenBytes } from "./token.ts";

export const accessMinutes = 10;
export const refreshDays = 30;

export interface TokenPair {
  access_token: string;
  refresh_token: string;
}

/** Starts a new family of tokens. */
export async function insertSession(db: Db, userId: number): Promise<TokenPair> {
  const session = await db
    .insertInto("sessions")
    .values({ user_id: userId })
    .returning("id")
    .executeTakeFirstOrThrow();
  return insertTokens(db, session.id);
}

export async function insertTokens(db: Db, sessionId: string): Promise<TokenPair> {
  const access = createToken(tokenBytes.access);
  const refresh = createToken(tokenBytes.refresh);
  await db
    .insertInto("access_tokens")
    .values({
      token_hash: access.hash,
      session_id: sessionId,
      expires_at: sql`now() + make_interval(mins => ${accessMinutes})`,
    })
    .execute();
  await db
    .insertInto("refresh_tokens")
    .values({
      token_hash: refresh.hash,
      session_id: sessionId,
      expires_at: sql`now() + make_interval(days => ${refreshDays})`,
    })
    .execute();
  return { access_token: access.value, refresh_token: refresh.value };
}

/**
 * Locks the token's session, so that of two that renew or log out at once the second sees what the first did.
 * The session is locked before the token is read: deleting a session locks in the same order.
 */
export async function lockRefreshToken(trx: Db, value: string) {
  const hash = hashToken(value);
  await trx
    .selectFrom("sessions")
    .where("id", "=", (query) =>
      query.selectFrom("refresh_tokens").select("session_id").where("token_hash", "=", hash),
    )
    .select("id")
    .forUpdate()
    .execute();
  return trx
    .selectFrom("refresh_tokens")
    .innerJoin("sessions", "sessions.id", "refresh_tokens.session_id")
    .innerJoin("users", "users.id", "sessions.user_id")
    .where("token_hash", "=", hash)
    .select([
      "token_hash",
      "session_id",
      "users.id as user_id",
      "users.active",
      sql<boolean>`rotated_at is not null`.as("is_rotated"),
      sql<boolean>`expires_at <= now()`.as("is_expired"),
    ])
    .executeTakeFirst();
}

export async function markRotated(db: Db, tokenHash: Buffer): Promise<void> {
  await db
    .updateTable("refresh_tokens")
    .set({ rotated_at: sql`now()` })
    .where("token_hash", "=", tokenHash)
    .execute();
}

export async function deleteSession(db: Db, sessionId: string): Promise<void> {
  await db.deleteFrom("sessions").where("id", "=", sessionId).execute();
}

export async function deleteSessionsOf(db: Db, userId: number): Promise<void> {
  await db.deleteFrom("sessions").where("user_id", "=", userId).execute();
}
