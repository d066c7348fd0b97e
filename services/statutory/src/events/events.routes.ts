import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { optionalSession, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { ok, okMessage, okPage, pageQuery } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { loggedIn } from "../logged-in.ts";
import { EventPath } from "../paths.ts";
import { changeEventStatus } from "./change-event-status.ts";
import { createEvent } from "./create-event.ts";
import { editEvent } from "./edit-event.ts";
import { EventListQuery } from "./event-list-query.ts";
import {
  AppliedEvent,
  Event,
  EventChange,
  EventStatusChange,
  EventWithPermissions,
  NewEvent,
} from "./events.schema.ts";
import { formatEvent } from "./format-event.ts";
import { listOwnEvents, listVisibleEvents } from "./list-events.ts";
import { readEventContext } from "./read-event-context.ts";

/** Events themselves: the public list, one event, and what their managers do. */
export const eventsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/",
    { schema: { querystring: EventListQuery, response: responses(SuccessPage(Event)) } },
    async (request) => {
      const session = await optionalSession(request);
      const { rows, count } = await listVisibleEvents(request.query, session, deps);
      return okPage(rows, count, request.query);
    },
  );

  app.post(
    "/",
    { onRequest: loggedIn, schema: { body: NewEvent, response: responses(Success(Event)) } },
    async (request) => ok(await createEvent(request.body, await requireUser(request), deps)),
  );

  app.get(
    "/events/mine",
    {
      onRequest: loggedIn,
      schema: {
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

  app.get(
    "/events/:event_id",
    { schema: { params: EventPath, response: responses(Success(EventWithPermissions)) } },
    async (request) => {
      const session = await optionalSession(request);
      const context = await readEventContext(request.params.event_id, session, deps);
      return ok({ ...formatEvent(context.event, deps.now()), permissions: context.permissions });
    },
  );

  app.put(
    "/events/:event_id",
    {
      onRequest: loggedIn,
      schema: { params: EventPath, body: EventChange, response: responses(Success(Event)) },
    },
    async (request) => {
      const session = await requireUser(request);
      const context = await readEventContext(request.params.event_id, session, deps);
      return ok(await editEvent(request.body, context, deps));
    },
  );

  app.put(
    "/events/:event_id/status",
    {
      onRequest: loggedIn,
      schema: { params: EventPath, body: EventStatusChange, response: responses(SuccessMessage) },
    },
    async (request) => {
      const session = await requireUser(request);
      const context = await readEventContext(request.params.event_id, session, deps);
      await changeEventStatus(request.body.status, context, deps);
      return okMessage("Event status was changed successfully.");
    },
  );
};
