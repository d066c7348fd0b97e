import type { Session } from "@myaegee/contracts";

import type { CsvColumn } from "../csv.ts";
import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { addNotificationEmails } from "../mails/recipients.ts";
import {
  allFields,
  incomingFields,
  juridicalFields,
  networkFields,
  participantFields,
} from "./application-fields.ts";
import { applicationTitles, planAnswerColumns, planColumns } from "./csv-columns.ts";
import { listView } from "./list-applications.ts";
import type { ApplicationListQuery } from "./list-query.ts";

export interface ApplicationTable<Row extends object> {
  rows: Row[];
  count: number;
  columns: CsvColumn[];
}

export interface ListRequest {
  context: EventContext<Session>;
  query: ApplicationListQuery;
}

const accepted = { status: "accepted" } as const;

/** Everything, for those who manage applications. */
export async function listAll(request: ListRequest, deps: Deps) {
  const { permissions, event } = request.context;
  const view = {
    fields: allFields,
    isAllowed: permissions.see_applications,
    mayShowCancelled: true,
  };
  const { applications, count } = await listView(view, request, deps);
  const rows = await addNotificationEmails(applications, deps.core);
  const columns = planColumns(Object.keys(applicationTitles));
  return { rows, count, columns: [...columns, ...planAnswerColumns(event.questions)] };
}

/** Who comes, for the hosts. */
export async function listIncoming(request: ListRequest, deps: Deps) {
  const view = {
    fields: incomingFields,
    isAllowed: request.context.permissions.see_applications_incoming,
    filter: accepted,
  };
  const { applications, count } = await listView(view, request, deps);
  const rows = await addNotificationEmails(applications, deps.core);
  return { rows, count, columns: planColumns([...incomingFields, "notification_email"]) };
}

/** The participants list, for everybody once it is published. */
export async function listParticipants(request: ListRequest, deps: Deps) {
  const view = {
    fields: participantFields,
    isAllowed: request.context.permissions.see_participants_list,
    filter: accepted,
  };
  const { applications, count } = await listView(view, request, deps);
  return { rows: applications, count, columns: planColumns(participantFields) };
}

/** Who may register at the desk, for the Juridical Commission. */
export async function listJuridical(request: ListRequest, deps: Deps) {
  const view = {
    fields: juridicalFields,
    isAllowed: request.context.permissions.see_applications_juridical,
    filter: { ...accepted, confirmed: true } as const,
  };
  const { applications, count } = await listView(view, request, deps);
  return { rows: applications, count, columns: planColumns(juridicalFields) };
}

/** Who is on a members list, for the Network Director. */
export async function listNetwork(request: ListRequest, deps: Deps) {
  const view = {
    fields: networkFields,
    isAllowed: request.context.permissions.see_applications_network,
  };
  const { applications, count } = await listView(view, request, deps);
  return { rows: applications, count, columns: planColumns(networkFields) };
}
