import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser, type UserSession } from "@myaegee/auth";
import { responses, Success } from "@myaegee/contracts";
import { ok } from "@myaegee/service-kit";
import type { Static } from "typebox";

import type { Deps } from "../deps.ts";
import { readAgoraContext } from "../events/read-event-context.ts";
import { CandidatePath, PositionPath } from "../paths.ts";
import {
  Candidate,
  CandidateChange,
  CandidateStatusChange,
  NewCandidate,
} from "./candidates.schema.ts";
import {
  editCandidature,
  readCandidature,
  setCandidatureStatus,
  type CandidateTarget,
} from "./edit-candidature.ts";
import { submitCandidature } from "./submit-candidature.ts";

const path = "/events/:event_id/positions/:position_id/candidates";
const oneCandidate = { params: CandidatePath, response: responses(Success(Candidate)) };

/** Who runs for a position. */
export const candidatesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.post(
    path,
    {
      schema: {
        summary: "Run for a position",
        params: PositionPath,
        body: NewCandidate,
        response: responses(Success(Candidate)),
      },
    },
    async (request) => {
      const { event_id, position_id: positionId } = request.params;
      const context = await readAgoraContext(event_id, await requireUser(request), deps);
      return ok(await submitCandidature(request.body, { context, positionId }, deps));
    },
  );

  app.get(
    `${path}/:candidate_id`,
    { schema: { summary: "Show a candidature", ...oneCandidate } },
    async (request) => {
      const target = await readTarget(request.params, await requireUser(request), deps);
      return ok(await readCandidature(target, deps));
    },
  );

  app.put(
    `${path}/:candidate_id`,
    { schema: { summary: "Change a candidature", ...oneCandidate, body: CandidateChange } },
    async (request) => {
      const target = await readTarget(request.params, await requireUser(request), deps);
      return ok(await editCandidature(request.body, target, deps));
    },
  );

  app.put(
    `${path}/:candidate_id/status`,
    {
      schema: {
        summary: "Approve or reject a candidate",
        ...oneCandidate,
        body: CandidateStatusChange,
      },
    },
    async (request) => {
      const target = await readTarget(request.params, await requireUser(request), deps);
      return ok(await setCandidatureStatus(request.body.status, target, deps));
    },
  );
};

async function readTarget(
  { event_id, position_id, candidate_id }: Static<typeof CandidatePath>,
  session: UserSession,
  deps: Deps,
): Promise<CandidateTarget> {
  const context = await readAgoraContext(event_id, session, deps);
  return { context, positionId: position_id, candidateId: candidate_id };
}
