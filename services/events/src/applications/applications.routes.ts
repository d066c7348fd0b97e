import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { EventParams } from "../events/event-params.ts";
import { ApplicationParams, readKey } from "./application-params.ts";
import { Application, ApplicationChanges, NewApplication } from "./application.schema.ts";
import { apply } from "./apply.ts";
import { editApplication } from "./edit-application.ts";
import { showApplication } from "./show-application.ts";

const oneApplication = { params: ApplicationParams, response: responses(Success(Application)) };

/** What applicants do: apply, look, change their mind. */
export const applicationsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.post(
    "/single/:event/applications",
    {
      onRequest: loggedIn,
      schema: {
        summary: "Apply to an event",
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

  app.get(
    "/single/:event/applications/:application",
    { onRequest: loggedIn, schema: { summary: "Show an application", ...oneApplication } },
    async (request) => {
      const session = await requireUser(request);
      return ok(await showApplication(readKey(request.params), session, deps));
    },
  );

  app.put(
    "/single/:event/applications/:application",
    {
      onRequest: loggedIn,
      schema: { summary: "Change an application", ...oneApplication, body: ApplicationChanges },
    },
    async (request) => {
      const session = await requireUser(request);
      const { params, body } = request;
      const application = await editApplication({ key: readKey(params), body, session }, deps);
      return { ...ok(application), message: "The application was updated." };
    },
  );
};
