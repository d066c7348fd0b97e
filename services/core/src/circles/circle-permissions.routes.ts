import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { IdParams, notFound, ok, okMessage, okPage, pageQuery } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { expectUnique } from "../errors.ts";
import { Id } from "../lists/schemas.ts";
import { findPermissionRow } from "../permissions/permissions.routes.ts";
import type { Db } from "../tables.ts";
import {
  CirclePermission,
  circlePermissionKeys,
  CirclePermissionListed,
  insertCirclePermission,
  readCirclePermissionsPage,
} from "./circle-permissions.repository.ts";
import { findCircle } from "./find-circle.ts";

const PermissionChosen = Type.Object({ permission_id: Id });
const PermissionParams = Type.Object({ id: Id, permission: Id });
const PermissionsQuery = Type.Object(pageQuery({ defaultLimit: 500 }));

const schemas = {
  list: {
    summary: "List the permissions of a circle, inherited ones too",
    params: IdParams,
    querystring: PermissionsQuery,
    response: responses(SuccessPage(CirclePermissionListed)),
  },
  grant: {
    summary: "Grant a permission to a circle",
    params: IdParams,
    body: PermissionChosen,
    response: responses(Success(CirclePermission)),
  },
  take: {
    summary: "Take a permission from a circle",
    params: PermissionParams,
    response: responses(SuccessMessage),
  },
};

export const circlePermissionsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (
  app,
  { db },
) => {
  app.get(
    "/circles/:id/permissions",
    { onRequest: allowUsers, schema: schemas.list },
    async ({ params, query }) => {
      const { id } = await findCircle(params.id, db);
      const { rows, count } = await readCirclePermissionsPage(db, id, query);
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/circles/:id/permissions",
    { onRequest: allowUsers, schema: schemas.grant },
    async ({ caller, params, body }) => {
      const circle = await findCircle(params.id, db);
      await expectPermission(caller, "put_permissions:circle", withinBody(circle.body_id));
      const permission = await findPermissionRow(body.permission_id, db);
      const chosen = { circle_id: circle.id, permission_id: permission.id };
      return ok(await expectUnique(circlePermissionKeys, () => insertCirclePermission(db, chosen)));
    },
  );

  app.delete(
    "/circles/:id/permissions/:permission",
    { onRequest: allowUsers, schema: schemas.take },
    async ({ caller, params }) => {
      const circle = await findCircle(params.id, db);
      await expectPermission(caller, "put_permissions:circle", withinBody(circle.body_id));
      const taken = await db
        .deleteFrom("circle_permissions")
        .where("circle_id", "=", circle.id)
        .where("permission_id", "=", params.permission)
        .returning("id")
        .executeTakeFirst();
      if (taken === undefined) {
        throw notFound("Permission of this circle");
      }
      return okMessage("Circle permission is deleted.");
    },
  );
};
