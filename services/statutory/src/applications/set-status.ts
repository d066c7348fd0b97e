import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { ApplicationRow } from "../tables.ts";
import { updateApplicationRow } from "./applications.repository.ts";
import type { ApplicationContext } from "./read-application-context.ts";

/** Any status may follow any other; votes do not depend on it. */
export async function setStatus(
  status: ApplicationRow["status"],
  { application, allowed }: ApplicationContext,
  { db }: Deps,
): Promise<ApplicationRow> {
  if (!allowed.change_status) {
    throw forbidden("You are not allowed to change the status of this application.");
  }
  return updateApplicationRow(db, application.id, { status });
}
