import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { approvableTypes } from "../permissions/event-permissions.ts";
import { allowAegeeSites } from "./allow-aegee-sites.ts";
import { createEvent } from "./create-event.ts";
import { EventQuery } from "./event-query.ts";
import { Event, NewEvent, PublicEvent } from "./event.schema.ts";
import { listEvents } from "./list-events.ts";
import { viewEvent, viewPublicEvent } from "./view-event.ts";

const publicPage = { querystring: EventQuery, response: responses(SuccessPage(PublicEvent)) };
const ownPage = { querystring: EventQuery, response: responses(SuccessPage(Event)) };

/** Lists of events, and new ones. */
export const eventsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/",
    { onRequest: allowAegeeSites, schema: { summary: "List published events", ...publicPage } },
    ({ query }) => listEvents({ scope: { kind: "published" }, query, view: viewPublicEvent }, deps),
  );

  app.post(
    "/",
    {
      onRequest: loggedIn,
      schema: { summary: "Propose an event", body: NewEvent, response: responses(Success(Event)) },
    },
    async (request, reply) => {
      const session = await requireUser(request);
      const event = await createEvent(request.body, session, deps);
      return reply.code(201).send({ ...ok(event), message: "The event was created." });
    },
  );

  app.get(
    "/mine/organizing",
    {
      onRequest: loggedIn,
      schema: { summary: "List events that the caller organises", ...ownPage },
    },
    async (request) => {
      const { user } = await requireUser(request);
      const scope = { kind: "organized", userId: user.id } as const;
      return listEvents({ scope, query: request.query, view: viewEvent }, deps);
    },
  );

  app.get(
    "/mine/approvable",
    {
      onRequest: loggedIn,
      schema: { summary: "List events that the caller may approve", ...ownPage },
    },
    async (request) => {
      const types = approvableTypes(await requireUser(request));
      const scope = { kind: "approvable", types } as const;
      return listEvents({ scope, query: request.query, view: viewEvent }, deps);
    },
  );
};
