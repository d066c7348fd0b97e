import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import type { ApplicationRow } from "../tables.ts";
import { listApplications, type ApplicationFilter } from "./applications.repository.ts";
import type { ApplicationListQuery } from "./list-query.ts";

export interface ApplicationListView<Field extends keyof ApplicationRow> {
  fields: readonly Field[];
  isAllowed: boolean;
  filter?: Pick<ApplicationFilter, "status" | "confirmed">;
  /** Cancelled ones are shown when asked for; otherwise never. */
  mayShowCancelled?: boolean;
}

/** One of the lists of applications: who may see it, which applications, which of their fields. */
export async function listView<Field extends keyof ApplicationRow>(
  view: ApplicationListView<Field>,
  { context, query }: { context: EventContext; query: ApplicationListQuery },
  { db }: Deps,
) {
  if (!view.isAllowed) {
    throw forbidden("You are not allowed to see this list of applications.");
  }
  return listApplications(db, view.fields, {
    ...view.filter,
    ...query,
    eventId: context.event.id,
    showsCancelled: view.mayShowCancelled === true && query.displayCancelled === true,
  });
}
