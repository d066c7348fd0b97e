import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readAgoraContext } from "../events/read-event-context.ts";
import { EventPath, LongPage, PlenaryPath } from "../paths.ts";
import { listPlenaries } from "./plenaries.repository.ts";
import { NewPlenary, Plenary, PlenaryChange, PlenaryPage } from "./plenaries.schema.ts";
import { readPlenaryWithAttendances } from "./read-attendances.ts";
import { createPlenary, editPlenary, expectMaySeePlenaries } from "./write-plenary.ts";

const path = "/events/:event_id/plenaries";

const schemas = {
  list: {
    summary: "List plenaries",
    params: EventPath,
    querystring: LongPage,
    response: responses(SuccessPage(Plenary)),
  },
  create: {
    summary: "Create a plenary",
    params: EventPath,
    body: NewPlenary,
    response: responses(Success(Plenary)),
  },
  change: {
    summary: "Change a plenary",
    params: PlenaryPath,
    body: PlenaryChange,
    response: responses(Success(Plenary)),
  },
  show: {
    summary: "Show a plenary with its attendances",
    params: PlenaryPath,
    querystring: LongPage,
    response: responses(PlenaryPage),
  },
};

/** Plenaries of an Agora, and who attends them. */
export const plenariesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(path, { schema: schemas.list }, async (request) => {
    const { params, query } = request;
    const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
    expectMaySeePlenaries(context);
    const eventId = context.event.id;
    const { plenaries, count } = await listPlenaries(deps.db, { eventId, ...query });
    return okPage(plenaries, count, query);
  });

  app.post(path, { schema: schemas.create }, async (request) => {
    const session = await requireUser(request);
    const context = await readAgoraContext(request.params.event_id, session, deps);
    return ok(await createPlenary(request.body, context, deps));
  });

  app.put(`${path}/:plenary_id`, { schema: schemas.change }, async (request) => {
    const { event_id, plenary_id: plenaryId } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    return ok(await editPlenary(request.body, { context, plenaryId }, deps));
  });

  app.get(`${path}/:plenary_id`, { schema: schemas.show }, async (request) => {
    const { event_id, plenary_id: plenaryId } = request.params;
    const context = await readAgoraContext(event_id, await requireUser(request), deps);
    const target = { context, plenaryId };
    const { plenary, count } = await readPlenaryWithAttendances(target, request.query, deps);
    return { ...ok(plenary), meta: { count, ...request.query } };
  });
};
