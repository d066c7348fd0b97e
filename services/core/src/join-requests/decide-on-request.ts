import { enqueueMail } from "@myaegee/outbox";
import { forbidden, notFound } from "@myaegee/service-kit";
import { sql, type Transaction } from "kysely";

import { insertBodyMember } from "../memberships/memberships.repository.ts";
import type { Db, Tables } from "../tables.ts";
import { lockJoinRequest } from "./join-requests.repository.ts";

/** pending → approved, and a member; or pending → gone, and the person may ask again. Nothing else. */
export async function decideOnRequest(
  requestId: number,
  decision: "approved" | "rejected",
  { body, db }: { body: { id: number; name: string }; db: Db },
): Promise<void> {
  await db.transaction().execute(async (trx) => {
    const request = await lockJoinRequest(trx, { id: requestId, bodyId: body.id });
    if (request === undefined) {
      throw notFound("Join request");
    }
    if (request.status !== "pending") {
      throw forbidden("The join request was processed already.");
    }
    if (decision === "rejected") {
      await trx.deleteFrom("join_requests").where("id", "=", request.id).execute();
      return;
    }
    await trx
      .updateTable("join_requests")
      .set({ status: "approved", updated_at: sql`now()` })
      .where("id", "=", request.id)
      .execute();
    await welcome(trx, { userId: request.user_id, body });
  });
}

/** The mail goes out for somebody's first body only. The row of the user is locked: two bodies may approve at once. */
async function welcome(
  trx: Transaction<Tables>,
  { userId, body }: { userId: number; body: { id: number; name: string } },
): Promise<void> {
  const user = await trx
    .selectFrom("users")
    .where("id", "=", userId)
    .select(["first_name", "notification_email"])
    .forUpdate()
    .executeTakeFirstOrThrow();
  const other = await trx
    .selectFrom("body_memberships")
    .where("user_id", "=", userId)
    .select("id")
    .executeTakeFirst();
  await insertBodyMember(trx, { userId, bodyId: body.id });
  if (other === undefined) {
    await enqueueMail(trx, {
      template: "new_member",
      to: user.notification_email,
      subject: "MyAEGEE: welcome to AEGEE",
      parameters: { member_firstname: user.first_name, body_name: body.name },
    });
  }
}
