import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import {
  IdParams,
  ok,
  okMessage,
  okPage,
  pageQuery,
  searchQuery,
  sortQuery,
} from "@myaegee/service-kit";
import { sql } from "kysely";
import Type from "typebox";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission, readPermissions } from "../access/caller.ts";
import { keepPermittedFields, withinBody } from "../access/permitted.ts";
import { PermissionHeld } from "../permissions/permissions.schema.ts";
import type { Db } from "../tables.ts";
import { circleSorts, readCirclesPage } from "./circles.repository.ts";
import { Circle, CircleChanges, CircleDetails, CircleParent, NewCircle } from "./circles.schema.ts";
import { findCircle } from "./find-circle.ts";
import { setParent } from "./set-parent.ts";

const CirclesQuery = Type.Object({
  ...pageQuery(),
  ...searchQuery,
  ...sortQuery(circleSorts),
  all: Type.Boolean({ default: false, description: "Also those that are bound to a body." }),
});
const detailsAnswer = responses(Success(CircleDetails));
const messageAnswer = responses(SuccessMessage);

const schemas = {
  list: {
    summary: "List circles",
    querystring: CirclesQuery,
    response: responses(SuccessPage(Circle)),
  },
  show: { summary: "Show a circle", params: IdParams, response: detailsAnswer },
  listDo: {
    summary: "List what the caller may do in a circle",
    params: IdParams,
    response: responses(Success(Type.Array(PermissionHeld))),
  },
  create: { summary: "Create a free circle", body: NewCircle, response: detailsAnswer },
  change: {
    summary: "Change a circle",
    params: IdParams,
    body: CircleChanges,
    response: detailsAnswer,
  },
  remove: { summary: "Delete a circle", params: IdParams, response: messageAnswer },
  set: {
    summary: "Set or unset the parent of a circle",
    params: IdParams,
    body: CircleParent,
    response: messageAnswer,
  },
};

export const circlesRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get("/circles", { onRequest: allowUsers, schema: schemas.list }, async ({ query }) => {
    const { rows, count } = await readCirclesPage(db, query);
    return okPage(rows, count, query);
  });

  app.get("/circles/:id", { onRequest: allowUsers, schema: schemas.show }, async ({ params }) =>
    ok(await findCircle(params.id, db)),
  );

  app.get(
    "/circles/:id/my_permissions",
    { onRequest: allowUsers, schema: schemas.listDo },
    async ({ caller, params }) => {
      const circle = await findCircle(params.id, db);
      return ok(await readPermissions(caller, withinBody(circle.body_id)));
    },
  );
};

export const circlesWritingRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.post(
    "/circles",
    { onRequest: allowUsers, schema: schemas.create },
    async ({ caller, body: { name, description } }) => {
      await expectPermission(caller, "global:create:circle");
      const circle = db.insertInto("circles").values({ name, description }).returning("id");
      return ok(await findCircle((await circle.executeTakeFirstOrThrow()).id, db));
    },
  );

  app.put(
    "/circles/:id",
    { onRequest: allowUsers, schema: schemas.change },
    async ({ caller, params, body }) => {
      const { id, body_id } = await findCircle(params.id, db);
      const permission = await expectPermission(caller, "update:circle", withinBody(body_id));
      const { name, description } = keepPermittedFields(body, permission);
      const changes = { name, description, updated_at: sql<string>`now()` };
      await db.updateTable("circles").set(changes).where("id", "=", id).execute();
      return ok(await findCircle(id, db));
    },
  );

  app.delete(
    "/circles/:id",
    { onRequest: allowUsers, schema: schemas.remove },
    async ({ caller, params }) => {
      const { id, body_id } = await findCircle(params.id, db);
      await expectPermission(caller, "delete:circle", withinBody(body_id));
      await db.deleteFrom("circles").where("id", "=", id).execute();
      return okMessage("Circle is deleted.");
    },
  );

  app.put(
    "/circles/:id/parent",
    { onRequest: allowUsers, schema: schemas.set },
    async ({ caller, params, body }) => {
      const { id } = await findCircle(params.id, db);
      await expectPermission(caller, "global:put_parent:circle");
      await setParent(id, body.parent_circle_id, db);
      return okMessage(
        body.parent_circle_id === null ? "Circle parent is unset." : "Circle parent is updated.",
      );
    },
  );
};
