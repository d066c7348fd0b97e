import { forbidden, notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { closeOpenAttendance, lockAttending, openAttendance } from "./plenaries.repository.ts";
import type { Attendance } from "./plenaries.schema.ts";
import { formatAttendance } from "./read-attendances.ts";
import { readPlenary, type PlenaryTarget } from "./write-plenary.ts";

const attendingTypes = new Set<string | null>(["delegate", "envoy"]);

/** A scan at the door: who was out comes in, who was in goes out. */
export async function markAttendance(
  applicationId: number,
  target: PlenaryTarget,
  deps: Deps,
): Promise<Attendance> {
  const { permissions, event } = target.context;
  if (!permissions.mark_attendance) {
    throw forbidden("You are not allowed to mark attendance.");
  }
  const plenary = await readPlenary(target, deps);
  const now = deps.now();
  if (now > new Date(plenary.ends)) {
    throw forbidden("The plenary is over, nobody comes or goes any more.");
  }
  return deps.db.transaction().execute(async (trx) => {
    const application = await lockAttending(trx, event.id, applicationId);
    if (application === undefined) {
      throw notFound("Application");
    }
    if (!attendingTypes.has(application.participant_type)) {
      throw forbidden("Only delegates and envoys attend plenaries.");
    }
    const key = { plenaryId: plenary.id, applicationId };
    const at = now.toISOString();
    const attendance =
      (await closeOpenAttendance(trx, key, at)) ?? (await openAttendance(trx, key, at));
    return formatAttendance(attendance, { plenary, application, now });
  });
}
