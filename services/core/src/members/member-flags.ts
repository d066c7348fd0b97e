import { forbidden, notFound } from "@myaegee/service-kit";
import { sql } from "kysely";

import type { Db } from "../tables.ts";

export async function setSuperadmin(userId: number, isSuperadmin: boolean, db: Db): Promise<void> {
  await db
    .updateTable("users")
    .set({ superadmin: isSuperadmin, updated_at: sql`now()` })
    .where("id", "=", userId)
    .execute();
}

/** What the mail's token would have done; the token ends. */
export async function confirmByHand(userId: number, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    await trx
      .deleteFrom("mail_tokens")
      .where("user_id", "=", userId)
      .where("purpose", "=", "confirm-email")
      .execute();
    await trx
      .updateTable("users")
      .set({ mail_confirmed_at: sql`coalesce(mail_confirmed_at, now())`, updated_at: sql`now()` })
      .where("id", "=", userId)
      .execute();
  });
}

/** Only a body that the user is in; leaving it meanwhile waits for this, and unsets it again. */
export async function setPrimaryBody(userId: number, bodyId: number | null, db: Db): Promise<void> {
  await db.transaction().execute(async (trx) => {
    if (bodyId !== null) {
      await expectMembership(trx, { userId, bodyId });
    }
    await trx
      .updateTable("users")
      .set({ primary_body_id: bodyId, updated_at: sql`now()` })
      .where("id", "=", userId)
      .execute();
  });
}

async function expectMembership(
  trx: Db,
  { userId, bodyId }: { userId: number; bodyId: number },
): Promise<void> {
  const body = await trx
    .selectFrom("bodies")
    .where("id", "=", bodyId)
    .select("id")
    .executeTakeFirst();
  if (body === undefined) {
    throw notFound("Body");
  }
  const membership = await trx
    .selectFrom("body_memberships")
    .where("body_id", "=", bodyId)
    .where("user_id", "=", userId)
    .select("id")
    .forShare()
    .executeTakeFirst();
  if (membership === undefined) {
    throw forbidden("User is not a member of this body.");
  }
}
