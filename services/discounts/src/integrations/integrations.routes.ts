import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn } from "@myaegee/auth";
import { responses, Success, SuccessMessage, SuccessPage } from "@myaegee/contracts";
import { ok, okMessage, okPage } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { isManager, onlyManagers } from "../managers.ts";
import { deleteIntegration } from "./delete-integration.ts";
import { listIntegrations } from "./integrations.repository.ts";
import {
  Integration,
  IntegrationChanges,
  IntegrationParams,
  IntegrationsQuery,
  NewIntegration,
} from "./integrations.schema.ts";
import { addIntegration, changeIntegration, expectIntegration } from "./save-integration.ts";

const schemas = {
  list: {
    summary: "List integrations",
    querystring: IntegrationsQuery,
    response: responses(SuccessPage(Integration)),
  },
  show: {
    summary: "Show an integration",
    params: IntegrationParams,
    response: responses(Success(Integration)),
  },
  create: {
    summary: "Create an integration",
    body: NewIntegration,
    response: responses(Success(Integration)),
  },
  change: {
    summary: "Change an integration",
    params: IntegrationParams,
    body: IntegrationChanges,
    response: responses(Success(Integration)),
  },
  remove: {
    summary: "Delete an integration without claimed codes",
    params: IntegrationParams,
    response: responses(SuccessMessage),
  },
};

export const integrationsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, { db }) => {
  app.addHook("onRequest", loggedIn);

  app.get("/integrations", { schema: schemas.list }, async (request) => {
    const withCounts = await isManager(request);
    const { rows, count } = await listIntegrations(db, request.query, { withCounts });
    return okPage(rows, count, request.query);
  });

  app.get("/integrations/:id", { schema: schemas.show }, async (request) => {
    const withCounts = await isManager(request);
    return ok(await expectIntegration(request.params.id, db, { withCounts }));
  });

  app.post("/integrations", { onRequest: onlyManagers, schema: schemas.create }, async ({ body }) =>
    ok(await addIntegration(body, db)),
  );

  app.put(
    "/integrations/:id",
    { onRequest: onlyManagers, schema: schemas.change },
    async ({ params, body }) => ok(await changeIntegration(params.id, body, db)),
  );

  app.delete(
    "/integrations/:id",
    { onRequest: onlyManagers, schema: schemas.remove },
    async ({ params }) => {
      await deleteIntegration(params.id, db);
      return okMessage("Integration is deleted.");
    },
  );
};
