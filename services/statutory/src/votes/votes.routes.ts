import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readAgoraContext } from "../events/read-event-context.ts";
import { BodyPath, EventPath, LongPage } from "../paths.ts";
import { formatDelegateVotes, readBodyVotes } from "./read-votes.ts";
import { listAntennaVotes, listDelegateVotes } from "./votes.repository.ts";
import { AntennaVotes, BodyVotes, DelegateVotes } from "./votes.schema.ts";

const path = "/events/:event_id/votes-amounts";
const page = { params: EventPath, querystring: LongPage };

/** How many votes antennae and their delegates have at an Agora. */
export const votesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(
    `${path}/antenna`,
    {
      schema: {
        summary: "List the votes of antennae",
        ...page,
        response: responses(SuccessPage(AntennaVotes)),
      },
    },
    async (request) => {
      const { params, query } = request;
      const { event } = await readAgoraContext(params.event_id, await requireUser(request), deps);
      const { votes, count } = await listAntennaVotes(deps.db, { eventId: event.id, ...query });
      return okPage(votes, count, query);
    },
  );

  app.get(
    `${path}/delegate`,
    {
      schema: {
        summary: "List the votes of delegates",
        ...page,
        response: responses(SuccessPage(DelegateVotes)),
      },
    },
    async (request) => {
      const { params, query } = request;
      const { event } = await readAgoraContext(params.event_id, await requireUser(request), deps);
      const { votes, count } = await listDelegateVotes(deps.db, { eventId: event.id, ...query });
      return okPage(votes.map(formatDelegateVotes), count, query);
    },
  );

  app.get(
    `${path}/:body_id`,
    {
      schema: {
        summary: "Show the votes of a body",
        params: BodyPath,
        response: responses(Success(BodyVotes)),
      },
    },
    async (request) => {
      const { event_id, body_id: bodyId } = request.params;
      const { event } = await readAgoraContext(event_id, await requireUser(request), deps);
      return ok(await readBodyVotes({ eventId: event.id, bodyId }, deps));
    },
  );
};
