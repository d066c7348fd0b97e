import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, SuccessPage } from "@myaegee/contracts";
import { okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readAgoraContext } from "../events/read-event-context.ts";
import { EventPath, LongPage } from "../paths.ts";
import {
  OwnCandidate,
  PositionWithCandidates,
  PositionWithPublicCandidates,
} from "./candidates.schema.ts";
import {
  listAllCandidates,
  listCandidatesOfUser,
  listPublicCandidates,
} from "./list-candidates.ts";

const path = "/events/:event_id/positions";
const page = { params: EventPath, querystring: LongPage };

/** Candidates by position: all for those who decide, the public part for everybody, one's own. */
export const candidateListsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.get(
    `${path}/all`,
    {
      schema: {
        summary: "List positions with all their candidates",
        ...page,
        response: responses(SuccessPage(PositionWithCandidates)),
      },
    },
    async (request) => {
      const { params, query } = request;
      const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
      const { rows, count } = await listAllCandidates(context, query, deps);
      return okPage(rows, count, query);
    },
  );

  app.get(
    `${path}/approved`,
    {
      schema: {
        summary: "List positions with their approved candidates",
        ...page,
        response: responses(SuccessPage(PositionWithPublicCandidates)),
      },
    },
    async (request) => {
      const { params, query } = request;
      const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
      const { rows, count } = await listPublicCandidates(context, query, deps);
      return okPage(rows, count, query);
    },
  );

  app.get(
    `${path}/candidates/mine`,
    {
      schema: {
        summary: "List the caller's candidatures",
        ...page,
        response: responses(SuccessPage(OwnCandidate)),
      },
    },
    async (request) => {
      const { params, query } = request;
      const context = await readAgoraContext(params.event_id, await requireUser(request), deps);
      const { rows, count } = await listCandidatesOfUser(context, query, deps);
      return okPage(rows, count, query);
    },
  );
};
