import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage } from "@myaegee/contracts";
import { notFound, ok, okMessage } from "@myaegee/service-kit";
import { sql } from "kysely";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { BodyParams } from "../bodies/bodies.schema.ts";
import { findBody } from "../bodies/find-body.ts";
import { Id } from "../lists/schemas.ts";
import type { Db } from "../tables.ts";
import { deleteBodyMember, readMembership } from "./memberships.repository.ts";
import { Membership, MembershipComment } from "./memberships.schema.ts";

const MembershipParams = Type.Object({ ...BodyParams.properties, membership: Id });
const membershipAnswer = responses(Success(Membership));

export const membershipRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/bodies/:id/members/:membership",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Show a membership of a body",
        params: MembershipParams,
        response: membershipAnswer,
      },
    },
    async ({ caller, params }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "view_members:body", withinBody(body.id));
      return ok(await findMembership(body.id, params.membership, db));
    },
  );

  app.put(
    "/bodies/:id/members/:membership",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Comment on a membership of a body",
        params: MembershipParams,
        body: MembershipComment,
        response: membershipAnswer,
      },
    },
    async ({ caller, params, body: { comment } }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "update_member:body", withinBody(body.id));
      const { id } = await findMembership(body.id, params.membership, db);
      await db
        .updateTable("body_memberships")
        .set({ comment: comment ?? "", updated_at: sql`now()` })
        .where("id", "=", id)
        .execute();
      return ok(await findMembership(body.id, id, db));
    },
  );

  app.delete(
    "/bodies/:id/members/:membership",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Remove a member from a body",
        params: MembershipParams,
        response: responses(SuccessMessage),
      },
    },
    async ({ caller, params }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "delete_member:body", withinBody(body.id));
      const { user_id: userId } = await findMembership(body.id, params.membership, db);
      await db.transaction().execute((trx) => deleteBodyMember(trx, { userId, bodyId: body.id }));
      return okMessage("Membership is deleted.");
    },
  );
};

async function findMembership(bodyId: number, membershipId: number, db: Db) {
  const membership = await readMembership(db, { bodyId, membershipId });
  if (membership === undefined) {
    throw notFound("Membership");
  }
  return membership;
}
