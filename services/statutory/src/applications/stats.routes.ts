import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readEventContext } from "../events/read-event-context.ts";
import { EventPath } from "../paths.ts";
import { listCounted } from "./applications.repository.ts";
import { ApplicationStats, planStats } from "./stats.ts";

/** Figures on the applications to an event, without names. */
export const statsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(
    "/events/:event_id/applications/stats",
    {
      schema: {
        summary: "Show figures on the applications to an event",
        params: EventPath,
        response: responses(Success(ApplicationStats)),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const { event } = await readEventContext(request.params.event_id, session, deps);
      return ok(planStats(await listCounted(deps.db, event.id)));
    },
  );
};
