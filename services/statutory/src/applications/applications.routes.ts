import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { EventPermissions } from "../events/events.schema.ts";
import { readEventContext } from "../events/read-event-context.ts";
import { ApplicationPath, EventPath } from "../paths.ts";
import {
  Application,
  ApplicationChange,
  ApplicationPermissions,
  NewApplication,
} from "./applications.schema.ts";
import { apply } from "./apply.ts";
import { editApplication } from "./edit-application.ts";
import { readApplicationContext } from "./read-application-context.ts";
import { showApplication } from "./show-application.ts";

const ApplicationWithPermissions = Type.Object({
  ...Application.properties,
  permissions: Type.Object({
    ...EventPermissions.properties,
    ...ApplicationPermissions.properties,
  }),
});

/** What applicants do: apply, look, edit. */
export const applicationsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.post(
    "/events/:event_id/applications",
    {
      schema: {
        summary: "Apply to an event",
        params: EventPath,
        body: NewApplication,
        response: responses(Success(Application)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const context = await readEventContext(request.params.event_id, session, deps);
      return ok(await apply(request.body, context, deps));
    },
  );

  app.get(
    "/events/:event_id/applications/:application_id",
    {
      schema: {
        summary: "Show an application",
        params: ApplicationPath,
        response: responses(Success(ApplicationWithPermissions)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      return ok(showApplication(await readApplicationContext(request.params, session, deps)));
    },
  );

  app.put(
    "/events/:event_id/applications/:application_id",
    {
      schema: {
        summary: "Change an application",
        params: ApplicationPath,
        body: ApplicationChange,
        response: responses(Success(Application)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const target = await readApplicationContext(request.params, session, deps);
      return ok(await editApplication(request.body, target, deps));
    },
  );
};
