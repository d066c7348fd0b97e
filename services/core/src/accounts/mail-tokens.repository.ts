import { sql } from "kysely";

import { createToken, hashToken, tokenBytes } from "../sessions/token.ts";
import type { Db, Tables } from "../tables.ts";

type Purpose = Tables["mail_tokens"]["purpose"];

const validHours = { "confirm-email": 48, "change-email": 48, "reset-password": 24 } as const;

/** A token for a mail; the one that was sent before for the same purpose ends. */
export async function insertMailToken(
  trx: Db,
  { purpose, userId, newEmail }: { purpose: Purpose; userId: number; newEmail?: string },
): Promise<string> {
  const { value, hash } = createToken(tokenBytes.mail);
  const token = {
    token_hash: hash,
    new_email: newEmail ?? null,
    expires_at: sql<string>`now() + make_interval(hours => ${validHours[purpose]})`,
  };
  await trx
    .insertInto("mail_tokens")
    .values({ ...token, purpose, user_id: userId })
    .onConflict((conflict) => conflict.columns(["user_id", "purpose"]).doUpdateSet(token))
    .execute();
  return value;
}

/** Deletes the token, so that of two who come with it at once one gets it. Expired ones stay for the job. */
export async function takeMailToken(trx: Db, purpose: Purpose, value: string) {
  return trx
    .deleteFrom("mail_tokens")
    .where("token_hash", "=", hashToken(value))
    .where("purpose", "=", purpose)
    .where("expires_at", ">", sql<string>`now()`)
    .returning(["user_id", "new_email"])
    .executeTakeFirst();
}

export async function hasMailToken(db: Db, purpose: Purpose, value: string): Promise<boolean> {
  const token = await db
    .selectFrom("mail_tokens")
    .where("token_hash", "=", hashToken(value))
    .where("purpose", "=", purpose)
    .where("expires_at", ">", sql<string>`now()`)
    .select("user_id")
    .executeTakeFirst();
  return token !== undefined;
}
