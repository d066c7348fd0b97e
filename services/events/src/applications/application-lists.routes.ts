import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, SuccessPage } from "@myaegee/contracts";
import { IdParams } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { EventQuery } from "../events/event-query.ts";
import { ApplicationsPage } from "./application-params.ts";
import { ApplicationWithEvent, ParticipatingEvent } from "./application.schema.ts";
import { listBoardView } from "./list-board-view.ts";
import { listParticipations } from "./list-participations.ts";

const BoardViewParams = Type.Object({ body_id: IdParams.properties.id });

/** Applications across events: somebody's own, and those from a body. */
export const applicationListsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/mine/participating",
    {
      onRequest: loggedIn,
      schema: {
        summary: "List events that the caller has applied to",
        querystring: EventQuery,
        response: responses(SuccessPage(ParticipatingEvent)),
      },
    },
    async (request) => listParticipations(request.query, await requireUser(request), deps),
  );

  app.get(
    "/boardview/:body_id",
    {
      onRequest: loggedIn,
      schema: {
        summary: "List applications from a body",
        params: BoardViewParams,
        querystring: ApplicationsPage,
        response: responses(SuccessPage(ApplicationWithEvent)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const { params, query } = request;
      return listBoardView({ bodyId: params.body_id, session, page: query }, deps);
    },
  );
};
