import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { ok, okMessage, okPage } from "@myaegee/service-kit";

import { allowUsers } from "../access/add-caller.ts";
import { expectPermission, expectUser } from "../access/caller.ts";
import { withinBody } from "../access/permitted.ts";
import { BodyParams } from "../bodies/bodies.schema.ts";
import { findActiveBody, findBody } from "../bodies/find-body.ts";
import type { Db } from "../tables.ts";
import { decideOnRequest } from "./decide-on-request.ts";
import { readJoinRequestsPage } from "./join-requests.repository.ts";
import {
  Decision,
  JoinRequest,
  JoinRequestRow,
  JoinRequestsQuery,
  Motivation,
  RequestParams,
} from "./join-requests.schema.ts";
import { requestToJoin } from "./request-to-join.ts";

export const joinRequestsRoutes: FastifyPluginAsyncTypebox<{ db: Db }> = async (app, { db }) => {
  app.get(
    "/bodies/:id/join-requests",
    {
      onRequest: allowUsers,
      schema: {
        summary: "List who asks to join a body",
        params: BodyParams,
        querystring: JoinRequestsQuery,
        response: responses(SuccessPage(JoinRequest)),
      },
    },
    async ({ caller, params, query }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "view:join_request", withinBody(body.id));
      const { rows, count } = await readJoinRequestsPage(db, body.id, query);
      return okPage(rows, count, query);
    },
  );

  app.post(
    "/bodies/:id/join-requests",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Ask to join a body",
        params: BodyParams,
        body: Motivation,
        response: responses(Success(JoinRequestRow)),
      },
    },
    async ({ caller, params, body: { motivation } }) => {
      const user = expectUser(caller);
      const body = await findActiveBody(params.id, { caller, db });
      return ok(await requestToJoin(body, motivation?.trim() ?? "", { user, db }));
    },
  );

  app.put(
    "/bodies/:id/join-requests/:request/status",
    {
      onRequest: allowUsers,
      schema: {
        summary: "Approve or reject who asks to join",
        params: RequestParams,
        body: Decision,
        response: responses(SuccessMessage),
      },
    },
    async ({ caller, params, body: { status } }) => {
      const body = await findBody(params.id, { caller, db });
      await expectPermission(caller, "process:join_request", withinBody(body.id));
      await decideOnRequest(params.request, status, { body, db });
      return okMessage(`The join request was changed to "${status}".`);
    },
  );
};
