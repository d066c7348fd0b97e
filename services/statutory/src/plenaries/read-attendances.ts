import type { Page } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { AttendanceRow, PlenaryRow } from "../tables.ts";
import { countAttendedSeconds, planAttendanceEnd } from "./attendance.ts";
import {
  findAttending,
  listAttendances,
  type AttendingApplication,
} from "./plenaries.repository.ts";
import type { Attendance } from "./plenaries.schema.ts";
import { expectMaySeePlenaries, readPlenary, type PlenaryTarget } from "./write-plenary.ts";

/** A plenary with a page of who was there and for how long, and how many attendances it has. */
export async function readPlenaryWithAttendances(target: PlenaryTarget, page: Page, deps: Deps) {
  expectMaySeePlenaries(target.context);
  const plenary = await readPlenary(target, deps);
  const { rows, count } = await listAttendances(deps.db, { plenaryId: plenary.id, ...page });
  const ids = [...new Set(rows.map(({ application_id }) => application_id))];
  const applications = await findAttending(deps.db, ids);
  const byId = new Map(applications.map((application) => [application.id, application]));
  const now = deps.now();
  const attendances = rows.flatMap((attendance) => {
    const application = byId.get(attendance.application_id);
    return application === undefined
      ? []
      : [formatAttendance(attendance, { plenary, application, now })];
  });
  return { plenary: { ...plenary, attendances }, count };
}

export function formatAttendance(
  attendance: AttendanceRow,
  facts: { plenary: PlenaryRow; application: AttendingApplication; now: Date },
): Attendance {
  const plenary = { starts: new Date(facts.plenary.starts), ends: new Date(facts.plenary.ends) };
  const span = {
    starts: new Date(attendance.starts),
    ends: attendance.ends === null ? null : new Date(attendance.ends),
  };
  const ends = planAttendanceEnd(span, plenary, facts.now);
  return {
    ...attendance,
    ends: ends?.toISOString() ?? null,
    seconds: countAttendedSeconds({ starts: span.starts, ends }, plenary),
    application: facts.application,
  };
}
