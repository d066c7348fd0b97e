import { forbidden } from "@myaegee/service-kit";

import type { Db } from "../tables.ts";
import { deleteSession, lockRefreshToken } from "./sessions.repository.ts";

export async function logOut(value: string, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const token = await lockRefreshToken(trx, value);
    if (token === undefined) {
      throw forbidden("Token is not found.");
    }
    await deleteSession(trx, token.session_id);
  });
}
