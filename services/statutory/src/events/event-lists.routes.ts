import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, optionalSession, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage, pageQuery } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { createEvent } from "./create-event.ts";
import { EventListQuery } from "./event-list-query.ts";
import { AppliedEvent, Event, NewEvent } from "./events.schema.ts";
import { listOwnEvents, listVisibleEvents } from "./list-events.ts";

/** The public list of events, new ones, and those that one has applied to. */
export const eventListsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/",
    {
      schema: {
        summary: "List events",
        querystring: EventListQuery,
        response: responses(SuccessPage(Event)),
      },
    },
    async (request) => {
      const session = await optionalSession(request);
      const { rows, count } = await listVisibleEvents(request.query, session, deps);
      return okPage(rows, count, request.query);
    },
  );

  app.post(
    "/",
    {
      onRequest: loggedIn,
      schema: { summary: "Create an event", body: NewEvent, response: responses(Success(Event)) },
    },
    async (request) => ok(await createEvent(request.body, await requireUser(request), deps)),
  );

  app.get(
    "/events/mine",
    {
      onRequest: loggedIn,
      schema: {
        summary: "List events that the caller has applied to",
        querystring: Type.Object(pageQuery()),
        response: responses(SuccessPage(AppliedEvent)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const { rows, count } = await listOwnEvents(session.user.id, request.query, deps);
      return okPage(rows, count, request.query);
    },
  );
};
