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

export const membersRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/members/:id",
    {
      onRequest: allowKnown,
      schema: {
        params: MemberParams,
        response: responses(Success(Type.Union([MemberDetails, MemberName]))),
      },
    },
    async ({ caller, params }) =>
      ok(await viewMember(await findMember(params.id, { caller, db }), caller)),
  );

  app.put(
    "/members/:id",
    {
      onRequest: allowUsers,
      schema: {
        params: MemberParams,
        body: MemberChanges,
        response: responses(Success(MemberDetails)),
      },
    },
    async ({ caller, params, body }) => {
      const member = await findMember(params.id, { caller, db });
      await updateMember(member, body, { caller, db });
      return ok(await findMember(member.id, { caller, db }));
    },
  );

  app.delete(
    "/members/:id",
    {
      onRequest: allowUsers,
      schema: { params: MemberParams, response: responses(SuccessMessage) },
    },
    async ({ caller, params }) => {
      const member = await findMember(params.id, { caller, db });
      await expectPermission(caller, "delete:member", withinBodiesOf(member));
      await db.deleteFrom("users").where("id", "=", member.id).execute();
      return okMessage("User is deleted.");
    },
  );

  app.get(
    "/members/:id/my_permissions",
    {
      onRequest: allowUsers,
      schema: { params: MemberParams, response: responses(Success(Type.Array(PermissionHeld))) },
    },
    async ({ caller, params }) => {
      const member = await findMember(params.id, { caller, db });
      return ok(await readPermissions(caller, withinBodiesOf(member)));
    },
  );
};
