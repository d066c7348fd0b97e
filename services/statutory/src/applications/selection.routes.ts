import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success } from "@myaegee/contracts";
import { forbidden, ok } from "@myaegee/service-kit";
import type { FastifyRequest } from "fastify";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { ApplicationPath } from "../paths.ts";
import { Application, ApplicationStatus, BoardChange } from "./applications.schema.ts";
import type { ApplicationFlag } from "./flags.ts";
import { readApplicationContext } from "./read-application-context.ts";
import { setBoard } from "./set-board.ts";
import { setFlag } from "./set-flag.ts";
import { setStatus } from "./set-status.ts";

const flagsByOthers: readonly Exclude<ApplicationFlag, "cancelled">[] = [
  "confirmed",
  "incoming",
  "attended",
  "registered",
  "departed",
  "is_on_memberslist",
];

const path = "/events/:event_id/applications/:application_id";
const answer = { params: ApplicationPath, response: responses(Success(Application)) };

/** What is decided about an application, mostly by others than the applicant. */
export const selectionRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  app.put(
    `${path}/cancel`,
    {
      schema: {
        summary: "Cancel an application or take that back",
        ...answer,
        body: Type.Object({ cancelled: Type.Boolean() }),
      },
    },
    async (request) => {
      const session = await requireUser(request);
      const target = await readApplicationContext(request.params, session, deps);
      return ok(await setFlag("cancelled", request.body.cancelled, { target, db: deps.db }));
    },
  );

  for (const flag of flagsByOthers) {
    const schema = {
      summary: `Set the flag ${flag} of an application`,
      ...answer,
      body: Type.Object({ [flag]: Type.Boolean() }),
    };
    app.put<{ Params: ApplicationPath; Body: Record<string, boolean> }>(
      `${path}/${flag}`,
      { schema },
      async (request) => {
        const target = await readTargetOfOthers(request, deps);
        return ok(await setFlag(flag, request.body[flag] === true, { target, db: deps.db }));
      },
    );
  }

  app.put(
    `${path}/status`,
    {
      schema: {
        summary: "Set the status of an application",
        ...answer,
        body: Type.Object({ status: ApplicationStatus }),
      },
    },
    async (request) =>
      ok(await setStatus(request.body.status, await readTargetOfOthers(request, deps), deps)),
  );

  app.put(
    `${path}/board`,
    {
      schema: {
        summary: "Set participant type, order and comment as the board",
        ...answer,
        body: BoardChange,
      },
    },
    async (request) =>
      ok(await setBoard(request.body, await readTargetOfOthers(request, deps), deps)),
  );
};

type ApplicationPath = { event_id: string; application_id: string };

/** `me` cancels, and nothing else: all other decisions are for others to make. */
async function readTargetOfOthers(
  request: FastifyRequest & { params: ApplicationPath },
  deps: Deps,
) {
  const session = await requireUser(request);
  if (request.params.application_id === "me") {
    throw forbidden("This cannot be decided by the applicant: name the application by its id.");
  }
  return readApplicationContext(request.params, session, deps);
}
