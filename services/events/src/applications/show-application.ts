import type { UserSession } from "@myaegee/auth";

import type { Deps } from "../deps.ts";
import { viewEvent } from "../events/view-event.ts";
import { deriveApplicationPermissions } from "../permissions/application-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import type { Application } from "./application.schema.ts";
import { findApplication, type ApplicationKey } from "./find-application.ts";

export async function showApplication(
  key: ApplicationKey,
  session: UserSession,
  deps: Deps,
): Promise<Application> {
  const { event, application } = await findApplication(key, session, deps);
  const view = viewEvent(event, new Date());
  expectAllowed(
    deriveApplicationPermissions(view, application, session).view,
    "You are not allowed to see this application.",
  );
  return application;
}
