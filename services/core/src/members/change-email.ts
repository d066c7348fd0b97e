import { enqueueMail } from "@myaegee/outbox";
import { unprocessable } from "@myaegee/service-kit";
import { sql } from "kysely";

import { insertMailToken, takeMailToken } from "../accounts/mail-tokens.repository.ts";
import { expectUnique, invalidToken } from "../errors.ts";
import type { Db } from "../tables.ts";
import { memberKeys } from "./insert-member.ts";
import { findEmailFaults, normaliseEmail } from "./profile.ts";

/** Mails a token to the new address; the address counts once that token comes back. */
export async function requestEmailChange(userId: number, wanted: string, db: Db): Promise<void> {
  const newEmail = normaliseEmail(wanted);
  const faults = findEmailFaults(newEmail)["email"] ?? [];
  if (faults.length > 0) {
    throw unprocessable({ new_email: faults });
  }
  await db.transaction().execute(async (trx) => {
    const owner = await trx
      .selectFrom("users")
      .where("email", "=", newEmail)
      .select("id")
      .executeTakeFirst();
    if (owner !== undefined) {
      throw unprocessable({ new_email: "User with this email already exists." });
    }
    await enqueueMail(trx, {
      template: "mail_change",
      to: newEmail,
      subject: "MyAEGEE: Email change",
      parameters: {
        token: await insertMailToken(trx, { purpose: "change-email", userId, newEmail }),
      },
    });
  });
}

export async function confirmEmailChange(token: string, db: Db): Promise<void> {
  await expectUnique(memberKeys, () =>
    db.transaction().execute(async (trx) => {
      const change = await takeMailToken(trx, "change-email", token);
      if (change === undefined || change.new_email === null) {
        throw invalidToken();
      }
      await trx
        .updateTable("users")
        .set({ email: change.new_email, updated_at: sql`now()` })
        .where("id", "=", change.user_id)
        .execute();
    }),
  );
}
