import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { IdParams, notFound, ok, okMessage, okPage } from "@myaegee/service-kit";
import { sql } from "kysely";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission, expectUser } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { expectUnique } from "../errors.ts";
import { ByAgeQuery, Id, UserChosen } from "../lists/schemas.ts";
import { findMember } from "../members/find-member.ts";
import type { Db } from "../tables.ts";
import {
  circleMemberKeys,
  insertCircleMember,
  readCircleMember,
  readCircleMembersPage,
} from "./circle-members.repository.ts";
import { CircleMember } from "./circles.schema.ts";
import { findCircle } from "./find-circle.ts";

const MembershipParams = Type.Object({ id: Id, membership: Id });
const Position = Type.Object({
  position: Type.Union([Type.String({ maxLength: 200 }), Type.Null()]),
});
const memberAnswer = responses(Success(CircleMember));
const messageAnswer = responses(SuccessMessage);

const schemas = {
  list: {
    summary: "List the members of a circle",
    params: IdParams,
    querystring: ByAgeQuery,
    response: responses(SuccessPage(CircleMember)),
  },
  add: {
    summary: "Add a member to a circle",
    params: IdParams,
    body: UserChosen,
    response: memberAnswer,
  },
  leave: { summary: "Leave a circle", params: IdParams, response: messageAnswer },
  show: {
    summary: "Show a membership of a circle",
    params: MembershipParams,
    response: memberAnswer,
  },
  change: {
    summary: "Change a membership of a circle",
    params: MembershipParams,
    body: Position,
    response: memberAnswer,
  },
  remove: {
    summary: "Remove a member from a circle",
    params: MembershipParams,
    response: messageAnswer,
  },
};

export const circleMembersRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/circles/:id/members",
    { onRequest: allowUsers, schema: schemas.list },
    async ({ caller, params, query }) => {
      const circle = await findCircle(params.id, db);
      await expectPermission(caller, "view_members:circle", withinBody(circle.body_id));
      const { rows, count } = await readCircleMembersPage(db, circle.id, query);
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/circles/:id/members",
    { onRequest: allowUsers, schema: schemas.add },
    async ({ caller, params, body }) => {
      const circle = await findCircle(params.id, db);
      await expectPermission(caller, "add_member:circle", withinBody(circle.body_id));
      const user = await findMember(body.user_id, { caller, db });
      const added = await expectUnique(circleMemberKeys, () =>
        db.transaction().execute((trx) => insertCircleMember(trx, { circle, userId: user.id })),
      );
      return ok(await findCircleMember({ id: circle.id, membership: added }, db));
    },
  );

  app.delete(
    "/circles/:id/members",
    { onRequest: allowUsers, schema: schemas.leave },
    async ({ caller, params }) => {
      const { id } = await findCircle(params.id, db);
      const left = await db
        .deleteFrom("circle_memberships")
        .where("circle_id", "=", id)
        .where("user_id", "=", expectUser(caller).id)
        .returning("id")
        .executeTakeFirst();
      return okLeft(left);
    },
  );
};

export const circleMembershipRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (
  app,
  { db },
) => {
  app.get(
    "/circles/:id/members/:membership",
    { onRequest: allowUsers, schema: schemas.show },
    async ({ caller, params }) => {
      const circle = await findCircle(params.id, db);
      await expectPermission(caller, "view_members:circle", withinBody(circle.body_id));
      return ok(await findCircleMember(params, db));
    },
  );

  app.put(
    "/circles/:id/members/:membership",
    { onRequest: allowUsers, schema: schemas.change },
    async ({ caller, params, body }) => {
      const circle = await findCircle(params.id, db);
      await expectPermission(caller, "update_members:circle", withinBody(circle.body_id));
      const { id } = await findCircleMember(params, db);
      await db
        .updateTable("circle_memberships")
        .set({ position: body.position ?? "", updated_at: sql`now()` })
        .where("id", "=", id)
        .execute();
      return ok(await findCircleMember(params, db));
    },
  );

  app.delete(
    "/circles/:id/members/:membership",
    { onRequest: allowUsers, schema: schemas.remove },
    async ({ caller, params }) => {
      const circle = await findCircle(params.id, db);
      await expectPermission(caller, "delete_members:circle", withinBody(circle.body_id));
      const { id } = await findCircleMember(params, db);
      await db.deleteFrom("circle_memberships").where("id", "=", id).execute();
      return okMessage("Membership is deleted.");
    },
  );
};

async function findCircleMember({ id, membership }: { id: number; membership: number }, db: Db) {
  const member = await readCircleMember(db, { circleId: id, membershipId: membership });
  if (member === undefined) {
    throw notFound("Membership");
  }
  return member;
}

function okLeft(left: object | undefined) {
  if (left === undefined) {
    throw notFound("Membership");
  }
  return okMessage("Membership is deleted.");
}
