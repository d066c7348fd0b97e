import { hasLocalPermission, type UserSession } from "@myaegee/auth";
import { okPage, type Page } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readEventsById } from "../events/events.repository.ts";
import { viewPublicEvent } from "../events/view-event.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import { countApplications, readApplicationsOfBody } from "./applications.repository.ts";

/** Where the members of a body want to go, for its board. */
export async function listBoardView(
  { bodyId, session, page }: { bodyId: number; session: UserSession; page: Page },
  { db }: Deps,
) {
  expectAllowed(
    hasLocalPermission(session, "approve_members:events", bodyId),
    "You are not allowed to see the applications from this body.",
  );
  const [applications, count] = await Promise.all([
    readApplicationsOfBody(db, bodyId, page),
    countApplications(db, { body_id: bodyId }),
  ]);
  const events = await readEventsById(db, [
    ...new Set(applications.map(({ event_id }) => event_id)),
  ]);
  const now = new Date();
  const views = new Map(events.map((event) => [event.id, viewPublicEvent(event, now)]));
  return okPage(
    applications.flatMap((application) => {
      const event = views.get(application.event_id);
      return event === undefined ? [] : [{ ...application, event }];
    }),
    count,
    page,
  );
}
