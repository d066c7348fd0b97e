import { enqueueMail } from "@myaegee/outbox";

import { normaliseEmail } from "../members/profile.ts";
import type { Db } from "../tables.ts";
import { insertMailToken } from "./mail-tokens.repository.ts";

/** Says nothing of whether there is such an account. */
export async function requestPasswordReset(email: string, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const user = await trx
      .selectFrom("users")
      .where("email", "=", normaliseEmail(email))
      .where("active", "=", true)
      .select(["id", "email"])
      .executeTakeFirst();
    if (user !== undefined) {
      await enqueueMail(trx, {
        template: "password_reset",
        to: user.email,
        subject: "MyAEGEE: password reset request",
        parameters: {
          token: await insertMailToken(trx, { purpose: "reset-password", userId: user.id }),
        },
      });
    }
  });
}
