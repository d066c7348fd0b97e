import type { UserSession } from "@myaegee/auth";
import { okPage, type Page } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventRow } from "../events/events.repository.ts";
import { findEvent } from "../events/find-event.ts";
import { viewEvent } from "../events/view-event.ts";
import { deriveEventPermissions } from "../permissions/event-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { countApplications, readApplicationsOfEvent } from "./applications.repository.ts";
import { planTable, type Table } from "./format-table.ts";

interface Wanted {
  key: string;
  session: UserSession;
}

export async function listApplications(
  { key, session, page }: Wanted & { page: Page },
  deps: Deps,
) {
  const event = await findListedEvent({ key, session }, deps);
  const [applications, count] = await Promise.all([
    readApplicationsOfEvent(deps.db, event.id, page),
    countApplications(deps.db, { event_id: event.id }),
  ]);
  return okPage(applications, count, page);
}

/** All of them at once, with today's mail addresses. */
export async function tabulateApplications(wanted: Wanted, deps: Deps): Promise<Table> {
  const event = await findListedEvent(wanted, deps);
  const applications = await readApplicationsOfEvent(deps.db, event.id);
  const mails = await deps.core.fetchMemberMails(applications.map(({ user_id }) => user_id));
  const addresses = new Map(mails.map(({ id, notification_email }) => [id, notification_email]));
  for (const application of applications) {
    application.email = addresses.get(application.user_id) ?? application.email;
  }
  return planTable(event.questions, applications);
}

async function findListedEvent({ key, session }: Wanted, deps: Deps): Promise<EventRow> {
  const event = await findEvent(key, deps);
  const { list_applications } = deriveEventPermissions(viewEvent(event, new Date()), session);
  expectAllowed(list_applications, "You cannot see the applications to this event.");
  return event;
}
