import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission } from "../access/caller.ts";
import { Id } from "../lists/schemas.ts";
import type { Db } from "../tables.ts";
import { findMember, withinBodiesOf } from "./find-member.ts";
import { confirmByHand, setPrimaryBody, setSuperadmin } from "./member-flags.ts";
import { MemberDetails, MemberParams } from "./members.schema.ts";
import { setActive } from "./set-active.ts";
import { expectOwnOrUpdate } from "./update-member.ts";

const Active = Type.Object({ active: Type.Boolean() });
const Superadmin = Type.Object({ superadmin: Type.Boolean() });
const PrimaryBody = Type.Object({ primary_body_id: Type.Union([Id, Type.Null()]) });
const detailsAnswer = responses(Success(MemberDetails));

const schemas = {
  suspend: {
    summary: "Suspend or activate a member",
    params: MemberParams,
    body: Active,
    response: detailsAnswer,
  },
  grant: {
    summary: "Grant or take superadmin",
    params: MemberParams,
    body: Superadmin,
    response: detailsAnswer,
  },
  confirm: {
    summary: "Confirm a member's address by hand",
    params: MemberParams,
    response: detailsAnswer,
  },
  choose: {
    summary: "Choose a primary body",
    params: MemberParams,
    body: PrimaryBody,
    response: detailsAnswer,
  },
};

/** What others decide about an account, and the one body that comes first. */
export const memberFlagsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.put(
    "/members/:id/active",
    { onRequest: allowUsers, schema: schemas.suspend },
    async ({ caller, params, body }) => {
      const member = await findMember(params.id, { caller, db });
      await expectPermission(caller, "update_active:member", withinBodiesOf(member));
      await setActive(member.id, body.active, db);
      return ok({ ...member, active: body.active });
    },
  );

  app.put(
    "/members/:id/superadmin",
    { onRequest: allowUsers, schema: schemas.grant },
    async ({ caller, params, body }) => {
      const member = await findMember(params.id, { caller, db });
      await expectPermission(caller, "global:update_superadmin:member");
      await setSuperadmin(member.id, body.superadmin, db);
      return ok({ ...member, superadmin: body.superadmin });
    },
  );

  app.post(
    "/members/:id/confirm",
    { onRequest: allowUsers, schema: schemas.confirm },
    async ({ caller, params }) => {
      const member = await findMember(params.id, { caller, db });
      await expectPermission(caller, "global:confirm:member");
      await confirmByHand(member.id, db);
      return ok(await findMember(member.id, { caller, db }));
    },
  );

  app.put(
    "/members/:id/primary-body",
    { onRequest: allowUsers, schema: schemas.choose },
    async ({ caller, params, body }) => {
      const member = await findMember(params.id, { caller, db });
      await expectOwnOrUpdate(member, caller);
      await setPrimaryBody(member.id, body.primary_body_id, db);
      return ok(await findMember(member.id, { caller, db }));
    },
  );
};
