import { hasPermission, type UserSession } from "@myaegee/auth";
import { notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readEventContext, type EventContext } from "../events/read-event-context.ts";
import type { ApplicationRow } from "../tables.ts";
import { planApplicationPermissions } from "./application-permissions.ts";
import { parseApplicationReference } from "./application-reference.ts";
import { findApplication } from "./applications.repository.ts";
import type { ApplicationPermissions } from "./applications.schema.ts";

/** An application with its event, and what the caller may do with both. */
export interface ApplicationContext {
  context: EventContext<UserSession>;
  application: ApplicationRow;
  allowed: ApplicationPermissions;
}

export interface ApplicationPath {
  event_id: string;
  application_id: string;
}

export async function readApplicationContext(
  path: ApplicationPath,
  session: UserSession,
  deps: Deps,
): Promise<ApplicationContext> {
  const context = await readEventContext(path.event_id, session, deps);
  const { event, permissions, windows } = context;
  const reference = parseApplicationReference(path.application_id, session.user.id);
  const application =
    reference === null ? undefined : await findApplication(deps.db, event.id, reference);
  if (application === undefined) {
    throw notFound("Application");
  }
  const allowed = planApplicationPermissions({
    event: {
      ...permissions,
      can_apply: windows.can_apply,
      can_apply_anytime: hasPermission(session, `apply:${event.type}`),
    },
    bodyId: application.body_id,
    isMine: application.user_id === session.user.id,
    updatesMembersList: hasPermission(session, `update_memberslist_status:${event.type}`),
  });
  return { context, application, allowed };
}
