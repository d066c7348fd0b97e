import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage, pageQuery, searchQuery, sortQuery, unauthorized } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { type Caller, expectPermission, readPermissions } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { PermissionHeld } from "../permissions/permissions.schema.ts";
import type { Db } from "../tables.ts";
import { bodySorts, readBodiesPage, readBody, type Sight } from "./bodies.repository.ts";
import {
  Body,
  BodyChanges,
  BodyDetails,
  BodyParams,
  BodyStatus,
  NewBody,
} from "./bodies.schema.ts";
import { createBody } from "./create-body.ts";
import { findBody, sightOf } from "./find-body.ts";
import { setBodyStatus } from "./set-body-status.ts";
import { updateBody } from "./update-body.ts";

const BodiesQuery = Type.Object({
  ...pageQuery({ defaultLimit: 500 }),
  ...searchQuery,
  ...sortQuery(bodySorts),
  type: Type.Optional(Type.String({ maxLength: 200, description: "Types, separated by commas." })),
  all: Type.Boolean({ default: false, description: "Also deleted ones." }),
});
const detailsAnswer = responses(Success(BodyDetails));

export const bodiesRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/bodies",
    {
      schema: {
        summary: "List bodies",
        querystring: BodiesQuery,
        response: responses(SuccessPage(Body)),
      },
    },
    async ({ caller, query }) => {
      const sight = query.all ? await expectSightOfAll(caller) : sightOf(caller);
      const types = query.type?.split(",").map((type) => type.trim());
      const { rows, count } = await readBodiesPage(db, sight, { ...query, types });
      return okPage(rows, count, query);
    },
  );

  app.get(
    "/bodies/:id",
    { schema: { summary: "Show a body", params: BodyParams, response: detailsAnswer } },
    async ({ caller, params }) => ok(await findBody(params.id, { caller, db })),
  );

  app.get(
    "/bodies/:id/my_permissions",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List what the caller may do in a body",
        params: BodyParams,
        response: responses(Success(Type.Array(PermissionHeld))),
      },
    },
    async ({ caller, params }) => {
      const { id } = await findBody(params.id, { caller, db });
      return ok(await readPermissions(caller, withinBody(id)));
    },
  );
};

export const bodiesWritingRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.post(
    "/bodies",
    {
      onRequest: allowUsers,
      schema: { summary: "Create a body", body: NewBody, response: detailsAnswer },
    },
    async ({ caller, body }) => {
      await expectPermission(caller, "global:create:body");
      return ok(await findBody(await createBody(body, db), { caller, db }));
    },
  );

  app.put(
    "/bodies/:id",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Change a body",
        params: BodyParams,
        body: BodyChanges,
        response: detailsAnswer,
      },
    },
    async ({ caller, params, body: changes }) => {
      const body = await findBody(params.id, { caller, db });
      const permission = await expectPermission(caller, "update:body", withinBody(body.id));
      await updateBody(body, changes, { permission, db });
      return ok(await findBody(body.id, { caller, db }));
    },
  );

  app.put(
    "/bodies/:id/status",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Delete or restore a body",
        params: BodyParams,
        body: BodyStatus,
        response: detailsAnswer,
      },
    },
    async ({ caller, params, body: { status } }) => {
      await expectPermission(caller, "global:delete:body");
      const body = await findBody(params.id, { caller, db });
      await setBodyStatus(body.id, status, db);
      return ok((await readBody(db, body.id, "all")) ?? body);
    },
  );
};

async function expectSightOfAll(caller: Caller): Promise<Sight> {
  if (caller.kind === "nobody") {
    throw unauthorized();
  }
  if (caller.kind === "user") {
    await expectPermission(caller, "global:view_deleted:body");
  }
  return "all";
}
