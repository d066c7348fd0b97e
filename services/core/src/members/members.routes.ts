import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage } from "@myaegee/contracts";
import { ok, okMessage } from "@myaegee/service-kit";
import Type from "typebox";

import { allowKnown, allowUsers } from "../access/add-caller.ts";
import { expectPermission, readPermissions } from "../access/caller.ts";
import { PermissionHeld } from "../permissions/permissions.schema.ts";
import type { Db } from "../tables.ts";
import { findMember, withinBodiesOf } from "./find-member.ts";
import { MemberChanges, MemberDetails, MemberName, MemberParams } from "./members.schema.ts";
import { updateMember } from "./update-member.ts";
import { viewMember } from "./view-member.ts";

const schemas = {
  show: {
    summary: "Show a member",
    params: MemberParams,
    response: responses(Success(Type.Union([MemberDetails, MemberName]))),
  },
  change: {
    summary: "Change a member's profile",
    params: MemberParams,
    body: MemberChanges,
    response: responses(Success(MemberDetails)),
  },
  remove: {
    summary: "Delete a member",
    params: MemberParams,
    response: responses(SuccessMessage),
  },
  list: {
    summary: "List what the caller may do with a member",
    params: MemberParams,
    response: responses(Success(Type.Array(PermissionHeld))),
  },
};

export const membersRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/members/:id",
    { onRequest: allowKnown, schema: schemas.show },
    async ({ caller, params }) =>
      ok(await viewMember(await findMember(params.id, { caller, db }), caller)),
  );

  app.put(
    "/members/:id",
    { onRequest: allowUsers, schema: schemas.change },
    async ({ caller, params, body }) => {
      const member = await findMember(params.id, { caller, db });
      await updateMember(member, body, { caller, db });
      return ok(await findMember(member.id, { caller, db }));
    },
  );

  app.delete(
    "/members/:id",
    { onRequest: allowUsers, schema: schemas.remove },
    async ({ caller, params }) => {
      const member = await findMember(params.id, { caller, db });
      await expectPermission(caller, "delete:member", withinBodiesOf(member));
      await db.deleteFrom("users").where("id", "=", member.id).execute();
      return okMessage("User is deleted.");
    },
  );

  app.get(
    "/members/:id/my_permissions",
    { onRequest: allowUsers, schema: schemas.list },
    async ({ caller, params }) => {
      const member = await findMember(params.id, { caller, db });
      return ok(await readPermissions(caller, withinBodiesOf(member)));
    },
  );
};
