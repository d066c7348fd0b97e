import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { okMessage, okPage } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { readEventContext } from "../events/read-event-context.ts";
import { BodyPath, LongPage } from "../paths.ts";
import { ApplicationWithEmail } from "./application-fields.ts";
import { BoardviewEntry } from "./applications.schema.ts";
import { listBoardview } from "./list-boardview.ts";
import { setBoardview } from "./set-boardview.ts";

/** The applications of one body, for its board. */
export const boardviewRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(
    "/events/:event_id/applications/boardview/:body_id",
    {
      schema: {
        summary: "List applications from a body",
        params: BodyPath,
        querystring: LongPage,
        response: responses(SuccessPage(ApplicationWithEmail)),
      },
    },
    async (request) => {
      const { params, query } = request;
      const context = await readEventContext(params.event_id, await requireUser(request), deps);
      const { rows, count } = await listBoardview({ context, bodyId: params.body_id, query }, deps);
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/events/:event_id/applications/boardview/:body_id",
    {
      schema: {
        summary: "Set participant types and orders of a body at once",
        params: BodyPath,
        body: Type.Array(BoardviewEntry, { maxItems: 2000 }),
        response: responses(SuccessMessage),
      },
    },
    async (request) => {
      const { params, body } = request;
      const context = await readEventContext(params.event_id, await requireUser(request), deps);
      await setBoardview(params.body_id, body, { context, deps });
      return okMessage("Board information was updated.");
    },
  );
};
