import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { expectPermission, loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { notFound, ok, okMessage, okPage } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { EventType } from "../events/events.schema.ts";
import { LongPage } from "../paths.ts";
import { Id } from "../text.ts";
import { deletePaxLimit, upsertPaxLimit } from "./limits.repository.ts";
import { NewPaxLimit, PaxLimit } from "./limits.schema.ts";
import { listDefaultLimits, listPaxLimits, readBodyLimit } from "./list-pax-limits.ts";
import { formatPaxLimit } from "./read-pax-limits.ts";

const TypePath = Type.Object({ event_type: EventType });
const LimitPath = Type.Object({ event_type: EventType, body_id: Id() });

const list = {
  params: TypePath,
  querystring: LongPage,
  response: responses(SuccessPage(PaxLimit)),
};

const schemas = {
  list: { summary: "List the participant limits of bodies", ...list },
  listDefault: { summary: "List the default participant limits of bodies", ...list },
  set: {
    summary: "Set the participant limits of a body",
    params: TypePath,
    body: NewPaxLimit,
    response: responses(Success(PaxLimit)),
  },
  show: {
    summary: "Show the participant limits of a body",
    params: LimitPath,
    response: responses(Success(PaxLimit)),
  },
  return: {
    summary: "Return a body to the default limits",
    params: LimitPath,
    response: responses(SuccessMessage),
  },
};

/** How many of each kind a body may send. */
export const limitsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get("/limits/:event_type", { schema: schemas.list }, async ({ params, query }) => {
    const { rows, count } = await listPaxLimits(params.event_type, query, deps);
    return okPage(rows, count, query);
  });

  app.get(
    "/limits/:event_type/defaults",
    { schema: schemas.listDefault },
    async ({ params, query }) => {
      const { rows, count } = await listDefaultLimits(params.event_type, query, deps);
      return okPage(rows, count, query);
    },
  );

  app.post("/limits/:event_type", { schema: schemas.set }, async (request) => {
    const { event_type } = request.params;
    expectPermission(await requireUser(request), `manage_event:${event_type}`);
    return ok(formatPaxLimit(await upsertPaxLimit(deps.db, event_type, request.body)));
  });

  app.get("/limits/:event_type/:body_id", { schema: schemas.show }, async ({ params }) =>
    ok(await readBodyLimit(params.event_type, params.body_id, deps)),
  );

  app.delete("/limits/:event_type/:body_id", { schema: schemas.return }, async (request) => {
    const { event_type, body_id } = request.params;
    expectPermission(await requireUser(request), `manage_event:${event_type}`);
    if (!(await deletePaxLimit(deps.db, event_type, body_id))) {
      throw notFound(`A limit of body ${body_id}`);
    }
    return okMessage(`The limit of body ${body_id} was deleted, the default counts now.`);
  });
};
