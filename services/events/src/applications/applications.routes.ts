import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { IdParams, ok, pageQuery } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { EventParams } from "../events/event-params.ts";
import { EventQuery } from "../events/event-query.ts";
import { loggedIn } from "../permissions/logged-in.ts";
import { ApplicationParams, readKey } from "./application-params.ts";
import {
  Application,
  ApplicationChanges,
  ApplicationWithEvent,
  NewApplication,
  ParticipatingEvent,
} from "./application.schema.ts";
import { apply } from "./apply.ts";
import { editApplication } from "./edit-application.ts";
import { listBoardView } from "./list-board-view.ts";
import { listParticipations } from "./list-participations.ts";
import { showApplication } from "./show-application.ts";

const BoardViewParams = Type.Object({ body_id: IdParams.properties.id });

/** Applicants and the boards of their bodies. */
export const applicationsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/mine/participating",
    {
      onRequest: loggedIn,
      schema: { querystring: EventQuery, response: responses(SuccessPage(ParticipatingEvent)) },
    },
    async (request) => listParticipations(request.query, await requireUser(request), deps),
  );

  app.get(
    "/boardview/:body_id",
    {
      onRequest: loggedIn,
      schema: {
        params: BoardViewParams,
        querystring: Type.Object(pageQuery()),
        response: responses(SuccessPage(ApplicationWithEvent)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const { params, query } = request;
      return listBoardView({ bodyId: params.body_id, session, page: query }, deps);
    },
  );

  app.post(
    "/single/:event/applications",
    {
      onRequest: loggedIn,
      schema: {
        params: EventParams,
        body: NewApplication,
        response: responses(Success(Application)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const { params, body } = request;
      const application = await apply({ key: params.event, body, session }, deps);
      return { ...ok(application), message: "You have applied." };
    },
  );

  const oneApplication = { params: ApplicationParams, response: responses(Success(Application)) };

  app.get(
    "/single/:event/applications/:application",
    { onRequest: loggedIn, schema: oneApplication },
    async (request) => {
      const session = await requireUser(request);
      return ok(await showApplication(readKey(request.params), session, deps));
    },
  );

  app.put(
    "/single/:event/applications/:application",
    { onRequest: loggedIn, schema: { ...oneApplication, body: ApplicationChanges } },
    async (request) => {
      const session = await requireUser(request);
      const { params, body } = request;
      const application = await editApplication({ key: readKey(params), body, session }, deps);
      return { ...ok(application), message: "The application was updated." };
    },
  );
};
