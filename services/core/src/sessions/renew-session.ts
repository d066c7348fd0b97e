import { forbidden } from "@myaegee/service-kit";
import { sql } from "kysely";

import type { Db } from "../tables.ts";
import {
  deleteSession,
  insertTokens,
  lockRefreshToken,
  markRotated,
  type TokenPair,
} from "./sessions.repository.ts";

/** Each refresh token works once. A spent one that comes back was stolen, or its successor was: the family ends. */
export async function renewSession(value: string, db: Db): Promise<TokenPair> {
  const tokens = await db.transaction().execute(async (trx) => {
    const token = await lockRefreshToken(trx, value);
    if (token === undefined || token.is_expired || !token.active) {
      return null;
    }
    if (token.is_rotated) {
      await deleteSession(trx, token.session_id);
      return null;
    }
    await markRotated(trx, token.token_hash);
    await trx
      .updateTable("users")
      .set({ last_active: sql`now()` })
      .where("id", "=", token.user_id)
      .execute();
    return insertTokens(trx, token.session_id);
  });
  if (tokens === null) {
    throw forbidden("Token is not valid any more. Please log in again.");
  }
  return tokens;
}
