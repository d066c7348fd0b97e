import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { notFound, ok, okMessage, okPage, unprocessable } from "@myaegee/service-kit";

import { allowKnown, allowUsers } from "../access/add-caller.ts";
import { expectPermission, expectUser } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { BodyParams } from "../bodies/bodies.schema.ts";
import { findActiveBody, findBody } from "../bodies/find-body.ts";
import { UserChosen } from "../lists/schemas.ts";
import { findMember } from "../members/find-member.ts";
import { NewMember } from "../members/members.schema.ts";
import type { Db } from "../tables.ts";
import { createMember } from "./create-member.ts";
import { findPermissionAsked } from "./find-permission-asked.ts";
import {
  deleteBodyMember,
  insertBodyMember,
  readMembershipsPage,
} from "./memberships.repository.ts";
import { Membership, MembershipRow, MembershipsQuery } from "./memberships.schema.ts";

const rowAnswer = responses(Success(MembershipRow));

export const membershipsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/bodies/:id/members",
    {
      onRequest: allowKnown,
      schema: {
        summary: "List the members of a body",
        params: BodyParams,
        querystring: MembershipsQuery,
        response: responses(SuccessPage(Membership)),
      },
    },
    async ({ caller, params, query }) => {
      const body = await findBody(params.id, { caller, db });
      if (caller.kind !== "service") {
        await expectPermission(caller, "view_members:body", withinBody(body.id));
      }
      const permissionId = await findPermissionAsked(query, db);
      const { rows, count } = await readMembershipsPage(db, body.id, { ...query, permissionId });
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/bodies/:id/members",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Add a member to a body",
        params: BodyParams,
        body: UserChosen,
        response: rowAnswer,
      },
    },
    async ({ caller, params, body: chosen }) => {
      const body = await findActiveBody(params.id, { caller, db });
      await expectPermission(caller, "add_member:body", withinBody(body.id));
      const user = await findMember(chosen.user_id, { caller, db });
      const added = await db
        .transaction()
        .execute((trx) => insertBodyMember(trx, { userId: user.id, bodyId: body.id }));
      return okAdded(added);
    },
  );
};

export const membershipsComingAndGoingRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (
  app,
  { db },
) => {
  app.post(
    "/bodies/:id/create-member",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Create a confirmed account as a member of a body",
        params: BodyParams,
        body: NewMember,
        response: rowAnswer,
      },
    },
    async ({ caller, params, body: newMember }) => {
      const body = await findActiveBody(params.id, { caller, db });
      await expectPermission(caller, "create_member:body", withinBody(body.id));
      return okAdded(await createMember(newMember, body.id, db));
    },
  );

  app.delete(
    "/bodies/:id/members",
    {
      onRequest: allowUsers,
      schema: { summary: "Leave a body", params: BodyParams, response: responses(SuccessMessage) },
    },
    async ({ caller, params }) => {
      const body = await findBody(params.id, { caller, db });
      const membership = { userId: expectUser(caller).id, bodyId: body.id };
      if (!(await db.transaction().execute((trx) => deleteBodyMember(trx, membership)))) {
        throw notFound("Membership");
      }
      return okMessage("Membership is deleted.");
    },
  );
};

function okAdded<Row>(added: Row | undefined) {
  if (added === undefined) {
    throw unprocessable({ user_id: "The user is a member of this body already." });
  }
  return ok(added);
}
