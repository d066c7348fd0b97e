import type { Kysely } from "kysely";

import { blankFields, type EventFields } from "../src/events/event-fields.ts";
import type { EventStatus, NewEvent } from "../src/events/event.schema.ts";
import type { EventRow } from "../src/events/events.repository.ts";
import type { Tables } from "../src/tables.ts";
import { idOf, type Person } from "./people.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export function daysFromNow(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

export interface MadeEvent extends Partial<EventFields> {
  status?: EventStatus;
  deleted?: boolean;
  organizedBy?: Person;
  /** Whether applications are open now; by default they are. */
  isOpen?: boolean;
}

/** An event straight in the database; by default a published training by `member`, open for applications. */
export async function makeEvent(db: Kysely<Tables>, made: MadeEvent = {}): Promise<EventRow> {
  const { organizedBy = "member", isOpen = true, ...fields } = made;
  const organizer = { user_id: idOf(organizedBy), first_name: "Mara", last_name: "Member" };
  const event = {
    ...blankFields,
    name: "Training",
    description: "A training.",
    application_starts: daysFromNow(isOpen ? -1 : 1),
    application_ends: daysFromNow(2),
    starts: daysFromNow(10),
    ends: daysFromNow(12),
    budget: "budget",
    programme: "programme",
    organizers: [organizer],
    organizing_bodies: [{ body_id: 1, body_name: "AEGEE-Testburg" }],
    status: "published" as const,
    ...fields,
  };
  return db
    .insertInto("events")
    .values({
      ...event,
      organizers: JSON.stringify(event.organizers),
      organizing_bodies: JSON.stringify(event.organizing_bodies),
      locations: JSON.stringify(event.locations),
      questions: JSON.stringify(event.questions),
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** A body for `POST /` that is right in everything, by `member`. */
export function planNewEvent(
  changes: Record<string, unknown> = {},
): NewEvent & Record<string, unknown> {
  return {
    name: "Develop Yourself",
    description: "Four days of training.",
    application_starts: daysFromNow(1),
    application_ends: daysFromNow(10),
    starts: daysFromNow(20),
    ends: daysFromNow(24),
    type: "training",
    organizing_bodies: [{ body_id: 1 }],
    organizers: [{ user_id: idOf("member") }],
    ...changes,
  };
}
