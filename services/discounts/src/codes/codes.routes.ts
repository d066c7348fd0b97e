import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { responses, Success, SuccessPage } from "@myaegee/contracts";
import { ok, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { IntegrationParams } from "../integrations/integrations.schema.ts";
import { onlyManagers } from "../managers.ts";
import { addCodes } from "./add-codes.ts";
import { claimCode } from "./claim-code.ts";
import { listMyCodes } from "./codes.repository.ts";
import { AddedCodes, ClaimedCode, MyCode, MyCodesQuery, NewCodes } from "./codes.schema.ts";

export const codesRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  const { db } = deps;
  app.addHook("onRequest", loggedIn);

  app.post(
    "/integrations/:id/codes",
    {
      onRequest: onlyManagers,
      schema: {
        summary: "Add codes to an integration",
        params: IntegrationParams,
        body: NewCodes,
        response: responses(Success(AddedCodes)),
      },
    },
    async ({ params, body }) => ok(await addCodes(params.id, body, db)),
  );

  app.post(
    "/integrations/:id/claim",
    {
      schema: {
        summary: "Claim a code",
        params: IntegrationParams,
        response: responses(Success(ClaimedCode)),
      },
    },
    async (request) => {
      const { user } = await requireUser(request);
      return ok(await claimCode(request.params.id, user, deps));
    },
  );

  app.get(
    "/codes/mine",
    {
      schema: {
        summary: "List the caller's codes",
        querystring: MyCodesQuery,
        response: responses(SuccessPage(MyCode)),
      },
    },
    async (request) => {
      const { user } = await requireUser(request);
      const { rows, count } = await listMyCodes(db, user.id, request.query);
      return okPage(rows, count, request.query);
    },
  );
};
