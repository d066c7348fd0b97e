import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, optionalSession, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessMessage } from "@myaegee/contracts";
import { ok, okMessage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { EventPath } from "../paths.ts";
import { changeEventStatus } from "./change-event-status.ts";
import { editEvent } from "./edit-event.ts";
import { Event, EventChange, EventStatusChange, EventWithPermissions } from "./events.schema.ts";
import { formatEvent } from "./format-event.ts";
import { readEventContext } from "./read-event-context.ts";

/** One event: what everybody sees of it, and what its managers do. */
export const eventsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/events/:event_id",
    {
      schema: {
        summary: "Show an event",
        params: EventPath,
        response: responses(Success(EventWithPermissions)),
      },
    },
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
      schema: {
        summary: "Change an event",
        params: EventPath,
        body: EventChange,
        response: responses(Success(Event)),
      },
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
      schema: {
        summary: "Publish or unpublish an event",
        params: EventPath,
        body: EventStatusChange,
        response: responses(SuccessMessage),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const context = await readEventContext(request.params.event_id, session, deps);
      await changeEventStatus(request.body.status, context, deps);
      return okMessage("Event status was changed successfully.");
    },
  );
};
