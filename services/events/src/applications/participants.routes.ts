import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { Failure, SuccessPage } from "@myaegee/contracts";
import { acceptsCsv, csvType } from "@myaegee/service-kit";
import Type from "typebox";

import type { Deps } from "../deps.ts";
import { EventParams } from "../events/event-params.ts";
import { ApplicationsPage } from "./application-params.ts";
import { Application } from "./application.schema.ts";
import { formatCsv, formatWorkbook } from "./format-table.ts";
import { listApplications, tabulateApplications } from "./list-applications.ts";

const JsonOrCsv = {
  description: "A page as JSON, or with `Accept: text/csv` all applications as a table.",
  content: {
    "application/json": { schema: SuccessPage(Application) },
    "text/csv": { schema: Type.String() },
  },
};
const workbookType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
const Workbook = {
  description: "All applications as a workbook.",
  content: {
    [workbookType]: { schema: Type.Unsafe<Buffer>({ type: "string", format: "binary" }) },
  },
};
const schema = {
  params: EventParams,
  response: { 200: JsonOrCsv, "4xx": Failure, "5xx": Failure },
};

/** The applications to an event, for those who run it. */
export const participantsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.get(
    "/single/:event/applications",
    {
      onRequest: loggedIn,
      schema: {
        summary: "List the applications to an event, as JSON or CSV",
        ...schema,
        querystring: ApplicationsPage,
      },
    },
    async (request, reply) => {
      const session = await requireUser(request);
      const key = request.params.event;
      reply.header("vary", "accept");
      return acceptsCsv(request)
        ? reply
            .type(csvType)
            .header("content-disposition", 'attachment; filename="applications.csv"')
            .send(formatCsv(await tabulateApplications({ key, session }, deps)))
        : listApplications({ key, session, page: request.query }, deps);
    },
  );

  // The way of the real service, for the clients that were written for it.
  app.get(
    "/single/:event/applications/export",
    {
      onRequest: loggedIn,
      schema: {
        summary: "Export the applications to an event",
        params: EventParams,
        response: { 200: Workbook, "4xx": Failure, "5xx": Failure },
      },
    },
    async (request, reply) => {
      const session = await requireUser(request);
      const table = await tabulateApplications({ key: request.params.event, session }, deps);
      return reply
        .type(workbookType)
        .header("content-disposition", 'attachment; filename="applications.xlsx"')
        .send(await formatWorkbook(table));
    },
  );
};
