import type { Insertable, Kysely, Updateable } from "kysely";

import { attendanceFields } from "../applications/application-fields.ts";
import type {
  ApplicationRow,
  AttendanceRow,
  PlenariesTable,
  PlenaryRow,
  Tables,
} from "../tables.ts";

type Database = Kysely<Tables>;

export type AttendingApplication = Pick<ApplicationRow, (typeof attendanceFields)[number]>;

export function insertPlenary(db: Database, plenary: Insertable<PlenariesTable>) {
  return db.insertInto("plenaries").values(plenary).returningAll().executeTakeFirstOrThrow();
}

export function updatePlenary(db: Database, id: number, change: Updateable<PlenariesTable>) {
  return db
    .updateTable("plenaries")
    .set({ ...change, updated_at: new Date().toISOString() })
    .where("id", "=", id)
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function findPlenary(
  db: Database,
  eventId: number,
  id: number,
): Promise<PlenaryRow | undefined> {
  return db
    .selectFrom("plenaries")
    .selectAll()
    .where("event_id", "=", eventId)
    .where("id", "=", id)
    .executeTakeFirst();
}

export async function listPlenaries(
  db: Database,
  { eventId, limit, offset }: { eventId: number; limit: number; offset: number },
) {
  const matching = db.selectFrom("plenaries").where("event_id", "=", eventId);
  const [plenaries, total] = await Promise.all([
    matching.selectAll().orderBy("id").limit(limit).offset(offset).execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { plenaries, count: total.count };
}

/** A page of those who came to a plenary, the last one first, and how many there are in all. */
export async function listAttendances(
  db: Database,
  { plenaryId, limit, offset }: { plenaryId: number; limit: number; offset: number },
): Promise<{ rows: AttendanceRow[]; count: number }> {
  const matching = db.selectFrom("attendances").where("plenary_id", "=", plenaryId);
  const [rows, total] = await Promise.all([
    matching
      .selectAll()
      .orderBy("starts", "desc")
      .orderBy("id", "desc")
      .limit(limit)
      .offset(offset)
      .execute(),
    matching.select(({ fn }) => fn.countAll<number>().as("count")).executeTakeFirstOrThrow(),
  ]);
  return { rows, count: total.count };
}

export async function findAttending(
  db: Database,
  ids: readonly number[],
): Promise<AttendingApplication[]> {
  return ids.length === 0
    ? []
    : db.selectFrom("applications").select(attendanceFields).where("id", "in", ids).execute();
}

/** The application at this event; scans of the same one wait for each other. */
export function lockAttending(
  trx: Database,
  eventId: number,
  id: number,
): Promise<AttendingApplication | undefined> {
  return trx
    .selectFrom("applications")
    .select(attendanceFields)
    .where("event_id", "=", eventId)
    .where("id", "=", id)
    .forUpdate()
    .executeTakeFirst();
}

export function closeOpenAttendance(
  trx: Database,
  { plenaryId, applicationId }: { plenaryId: number; applicationId: number },
  at: string,
): Promise<AttendanceRow | undefined> {
  return trx
    .updateTable("attendances")
    .set({ ends: at, updated_at: at })
    .where("plenary_id", "=", plenaryId)
    .where("application_id", "=", applicationId)
    .where("ends", "is", null)
    .returningAll()
    .executeTakeFirst();
}

export function openAttendance(
  trx: Database,
  { plenaryId, applicationId }: { plenaryId: number; applicationId: number },
  at: string,
): Promise<AttendanceRow> {
  return trx
    .insertInto("attendances")
    .values({ plenary_id: plenaryId, application_id: applicationId, starts: at, ends: null })
    .returningAll()
    .executeTakeFirstOrThrow();
}
