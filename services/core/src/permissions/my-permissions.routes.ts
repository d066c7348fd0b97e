import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { notFound, ok, okPage, pageQuery, searchQuery, sortQuery } from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectUser, readPermissions } from "../access/caller.ts";
import { circleSorts, readCirclesHoldingPage } from "../circles/circles.repository.ts";
import { Circle } from "../circles/circles.schema.ts";
import type { Db } from "../tables.ts";
import { readPermissionId } from "./permissions.repository.ts";
import { PermissionAsked, PermissionHeld } from "./permissions.schema.ts";

const HoldingQuery = Type.Object({
  ...pageQuery({ defaultLimit: 500 }),
  ...searchQuery,
  ...sortQuery(circleSorts),
});

export const myPermissionsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/my_permissions",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List the caller's global permissions",
        response: responses(Success(Type.Array(PermissionHeld))),
      },
    },
    async ({ caller }) => ok(await readPermissions(caller)),
  );

  app.post(
    "/my_permissions",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List the circles that give the caller a local permission",
        querystring: HoldingQuery,
        body: PermissionAsked,
        response: responses(SuccessPage(Circle)),
      },
    },
    async ({ caller, query, body }) => {
      const permissionId = await readPermissionId(db, { ...body, scope: "local" });
      if (permissionId === undefined) {
        throw notFound("Permission");
      }
      const holder = { userId: expectUser(caller).id, permissionId };
      const { rows, count } = await readCirclesHoldingPage(db, holder, query);
      return okPage(rows, count, query);
    },
  );
};
