import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, optionalSession, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessMessage } from "@myaegee/contracts";
import { ok, okMessage } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { EventPermissions } from "../permissions/permissions.schema.ts";
import { allowAegeeSites } from "./allow-aegee-sites.ts";
import { changeStatus } from "./change-status.ts";
import { deleteEvent } from "./delete-event.ts";
import { editEvent } from "./edit-event.ts";
import { EventParams } from "./event-params.ts";
import { Event, EventChanges, PublicEvent, StatusChange } from "./event.schema.ts";
import { showEvent } from "./show-event.ts";

const ShownEvent = Type.Object({
  success: Type.Literal(true),
  data: Type.Union([Event, PublicEvent]),
  permissions: EventPermissions,
});

const schemas = {
  show: { summary: "Show an event", params: EventParams, response: responses(ShownEvent) },
  change: {
    summary: "Change an event",
    params: EventParams,
    body: EventChanges,
    response: responses(Success(Event)),
  },
  remove: {
    summary: "Delete an event",
    params: EventParams,
    response: responses(SuccessMessage),
  },
  submit: {
    summary: "Submit, publish or send back an event",
    params: EventParams,
    body: StatusChange,
    response: responses(SuccessMessage),
  },
};

/** One event: to see, to change, to move on, to delete. */
export const singleEventRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/single/:event",
    { onRequest: allowAegeeSites, schema: schemas.show },
    async (request) => {
      const session = await optionalSession(request);
      return { success: true as const, ...(await showEvent(request.params.event, session, deps)) };
    },
  );

  app.put("/single/:event", { onRequest: loggedIn, schema: schemas.change }, async (request) => {
    const session = await requireUser(request);
    const { params, body } = request;
    return ok(await editEvent({ key: params.event, body, session }, deps));
  });

  app.delete("/single/:event", { onRequest: loggedIn, schema: schemas.remove }, async (request) => {
    await deleteEvent(request.params.event, await requireUser(request), deps);
    return okMessage("The event was deleted.");
  });

  app.put(
    "/single/:event/status",
    { onRequest: loggedIn, schema: schemas.submit },
    async (request) => {
      const session = await requireUser(request);
      const { params, body } = request;
      await changeStatus({ key: params.event, status: body.status, session }, deps);
      return okMessage(`The event is ${body.status} now.`);
    },
  );
};
