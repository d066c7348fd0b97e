import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import {
  IdParams,
  notFound,
  ok,
  okMessage,
  okPage,
  pageQuery,
  searchQuery,
  sortQuery,
} from "@myaegee/service-kit";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission } from "../access/caller.ts";
import { expectUnique } from "../errors.ts";
import { MembersQuery } from "../members/members-lists.routes.ts";
import { readHoldersPage } from "../members/members.repository.ts";
import { Member } from "../members/members.schema.ts";
import type { Db } from "../tables.ts";
import {
  insertPermission,
  permissionKeys,
  permissionSorts,
  readPermission,
  readPermissionsPage,
  updatePermission,
} from "./permissions.repository.ts";
import {
  NewPermission,
  PermissionChanges,
  PermissionDetails,
  PermissionRow,
} from "./permissions.schema.ts";

const PermissionsQuery = Type.Object({
  ...pageQuery(),
  ...searchQuery,
  ...sortQuery(permissionSorts),
});
const detailsAnswer = responses(Success(PermissionDetails));

export const permissionsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/permissions",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List permissions",
        querystring: PermissionsQuery,
        response: responses(SuccessPage(PermissionRow)),
      },
    },
    async ({ query }) => {
      const { rows, count } = await readPermissionsPage(db, query);
      return okPage(rows, count, query);
    },
  );

  app.get(
    "/permissions/:id",
    {
      onRequest: allowUsers,
      schema: { summary: "Show a permission", params: IdParams, response: detailsAnswer },
    },
    async ({ params }) => ok(await findPermissionRow(params.id, db)),
  );

  app.get(
    "/permissions/:id/members",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List who holds a permission",
        params: IdParams,
        querystring: MembersQuery,
        response: responses(SuccessPage(Member)),
      },
    },
    async ({ caller, params, query }) => {
      await expectPermission(caller, "global:view:member");
      const { id } = await findPermissionRow(params.id, db);
      const { rows, count } = await readHoldersPage(db, id, query);
      return okPage(rows, count, query);
    },
  );
};

export const permissionsWritingRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (
  app,
  { db },
) => {
  app.post(
    "/permissions",
    {
      onRequest: allowUsers,
      schema: { summary: "Create a permission", body: NewPermission, response: detailsAnswer },
    },
    async ({ caller, body }) => {
      await expectPermission(caller, "global:create:permission");
      const id = await expectUnique(permissionKeys, () => insertPermission(db, body));
      return ok(await findPermissionRow(id, db));
    },
  );

  app.put(
    "/permissions/:id",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Change a permission",
        params: IdParams,
        body: PermissionChanges,
        response: detailsAnswer,
      },
    },
    async ({ caller, params, body }) => {
      await expectPermission(caller, "global:update:permission");
      const { id } = await findPermissionRow(params.id, db);
      await expectUnique(permissionKeys, () => updatePermission(db, id, body));
      return ok(await findPermissionRow(id, db));
    },
  );

  app.delete(
    "/permissions/:id",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Delete a permission",
        params: IdParams,
        response: responses(SuccessMessage),
      },
    },
    async ({ caller, params }) => {
      await expectPermission(caller, "global:delete:permission");
      const { id } = await findPermissionRow(params.id, db);
      await db.deleteFrom("permissions").where("id", "=", id).execute();
      return okMessage("Permission is deleted.");
    },
  );
};

export async function findPermissionRow(id: number, db: Db) {
  const permission = await readPermission(db, id);
  if (permission === undefined) {
    throw notFound("Permission");
  }
  return permission;
}
