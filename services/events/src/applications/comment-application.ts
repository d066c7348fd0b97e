import type { UserSession } from "@myaegee/auth";

import type { Deps } from "../deps.ts";
import { viewEvent } from "../events/view-event.ts";
import { deriveApplicationPermissions } from "../permissions/application-permissions.ts";
import { expectAllowed } from "../permissions/expect-allowed.ts";
import type { Application } from "./application.schema.ts";
import { lockApplication, updateApplication } from "./applications.repository.ts";
import { findApplication, type ApplicationKey } from "./find-application.ts";

/** What the board of the applicant's body tells the organisers about them. */
export async function commentApplication(
  { key, comment, session }: { key: ApplicationKey; comment: string | null; session: UserSession },
  deps: Deps,
): Promise<Application> {
  const { event, application } = await findApplication(key, session, deps);
  const view = viewEvent(event, new Date());

  return deps.db.transaction().execute(async (trx) => {
    // Applicants change their body while applications are open, and with it the board that may comment.
    const current = await lockApplication(trx, application.id);
    expectAllowed(
      deriveApplicationPermissions(view, current, session).comment,
      "You are not allowed to comment on this application.",
    );
    return updateApplication(trx, current.id, { board_comment: comment });
  });
}
