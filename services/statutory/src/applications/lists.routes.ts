import type { FastifyPluginAsyncTypebox } from "@fastify/type-provider-typebox";
import { loggedIn, requireUser } from "@myaegee/auth";
import { acceptsCsv, csvType, okPage } from "@myaegee/service-kit";
import type { TSchema } from "typebox";

import { formatCsv, jsonOrCsv } from "../csv.ts";
import type { Deps } from "../deps.ts";
import { readEventContext } from "../events/read-event-context.ts";
import { EventPath } from "../paths.ts";
import {
  ApplicationWithEmail,
  IncomingApplication,
  JuridicalApplication,
  NetworkApplication,
  ParticipantApplication,
} from "./application-fields.ts";
import {
  listAll,
  listIncoming,
  listJuridical,
  listNetwork,
  listParticipants,
  type ApplicationTable,
  type ListRequest,
} from "./application-lists.ts";
import { spreadAnswers } from "./csv-columns.ts";
import { ApplicationListQuery, wholeList } from "./list-query.ts";

interface ApplicationList {
  summary: string;
  item: TSchema;
  list: (request: ListRequest, deps: Deps) => Promise<ApplicationTable<object>>;
}

/** The lists of an event's applications by the last part of their path, each for other eyes. */
const lists: Readonly<Record<string, ApplicationList>> = {
  all: { summary: "List all applications", item: ApplicationWithEmail, list: listAll },
  accepted: {
    summary: "List the participants",
    item: ParticipantApplication,
    list: listParticipants,
  },
  incoming: {
    summary: "List participants as the host sees them",
    item: IncomingApplication,
    list: listIncoming,
  },
  juridical: {
    summary: "List participants for the Juridical Commission",
    item: JuridicalApplication,
    list: listJuridical,
  },
  network: {
    summary: "List applications for the check against members lists",
    item: NetworkApplication,
    list: listNetwork,
  },
};

/** Lists of applications, a page as JSON or all as a table. */
export const listsRoutes: FastifyPluginAsyncTypebox<Deps> = async (app, deps) => {
  app.addHook("onRequest", loggedIn);

  for (const [name, { summary, item, list }] of Object.entries(lists)) {
    app.get(
      `/events/:event_id/applications/${name}`,
      {
        schema: {
          summary,
          params: EventPath,
          querystring: ApplicationListQuery,
          response: jsonOrCsv(item),
        },
      },
      async (request, reply) => {
        const session = await requireUser(request);
        const context = await readEventContext(request.params.event_id, session, deps);
        if (acceptsCsv(request)) {
          const query = { ...request.query, ...wholeList };
          return reply.type(csvType).send(formatTable(await list({ context, query }, deps)));
        }
        const { rows, count } = await list({ context, query: request.query }, deps);
        return okPage(rows, count, request.query);
      },
    );
  }
};

function formatTable({ columns, rows }: ApplicationTable<object>): string {
  return formatCsv(columns, rows.map(spreadAnswers));
}
