import { enqueueMail } from "@myaegee/outbox";
import { unprocessable } from "@myaegee/service-kit";

import type { CallingUser } from "../access/caller.repository.ts";
import { expectUnique } from "../errors.ts";
import { selectHolders } from "../memberships/memberships.repository.ts";
import { readPermissionId } from "../permissions/permissions.repository.ts";
import type { Db } from "../tables.ts";
import { insertJoinRequest } from "./join-requests.repository.ts";

const requestKeys = {
  join_requests_body_id_user_id_key: ["body_id", "You asked to join this body already."],
} as const;

/** Tells everybody who may decide on it. */
export async function requestToJoin(
  body: { id: number; name: string },
  motivation: string,
  { user, db }: { user: CallingUser; db: Db },
) {
  const to = await readDeciders(body.id, db);
  return expectUnique(requestKeys, () =>
    db.transaction().execute(async (trx) => {
      await expectNoMember(trx, { userId: user.id, bodyId: body.id });
      const request = { body_id: body.id, user_id: user.id, motivation };
      const made = await insertJoinRequest(trx, request);
      await enqueueMail(trx, {
        template: "member_joined",
        to,
        subject: "MyAEGEE: new join request for your body",
        parameters: {
          member_firstname: user.first_name,
          member_lastname: user.last_name,
          body_name: body.name,
          body_id: body.id,
        },
      });
      return made;
    }),
  );
}

async function readDeciders(bodyId: number, db: Db): Promise<string[]> {
  const asked = { scope: "local", action: "process", object: "join_request" } as const;
  const permissionId = await readPermissionId(db, asked);
  if (permissionId === undefined) {
    return [];
  }
  const deciders = await db
    .selectFrom("users")
    .where("id", "in", selectHolders(db, { bodyId, permissionId }))
    .where("active", "=", true)
    .select("notification_email")
    .execute();
  return deciders.map((decider) => decider.notification_email);
}

async function expectNoMember(
  trx: Db,
  { userId, bodyId }: { userId: number; bodyId: number },
): Promise<void> {
  const membership = await trx
    .selectFrom("body_memberships")
    .where("body_id", "=", bodyId)
    .where("user_id", "=", userId)
    .select("id")
    .executeTakeFirst();
  if (membership !== undefined) {
    throw unprocessable({ body_id: "You are a member of this body already." });
  }
}
