import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { BodyParams } from "../bodies/bodies.schema.ts";
import { findBody } from "../bodies/find-body.ts";
import type { Db } from "../tables.ts";
import { CircleDetails, NewCircle } from "./circles.schema.ts";
import { findCircle } from "./find-circle.ts";

export const bodyCirclesRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.post(
    "/bodies/:id/circles",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Create a circle that is bound to a body",
        params: BodyParams,
        body: NewCircle,
        response: responses(Success(CircleDetails)),
      },
    },
    async ({ caller, params, body: { name, description } }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "create:circle", withinBody(body.id));
      const circle = await db
        .insertInto("circles")
        .values({ name, description, body_id: body.id })
        .returning("id")
        .executeTakeFirstOrThrow();
      return ok(await findCircle(circle.id, db));
    },
  );
};
