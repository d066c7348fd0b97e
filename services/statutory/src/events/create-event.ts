import { hasPermission } from "@myaegee/auth";
import type { Session } from "@myaegee/contracts";
import { isUniqueViolation } from "@myaegee/database";
import { expectNoFaults, type FieldErrors, forbidden, unprocessable } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { checkDeadlines } from "./deadlines.ts";
import { formatEventDates, parseEventDates } from "./event-dates.ts";
import { findUrlFault, normaliseUrl } from "./event-url.ts";
import { insertEvent } from "./events.repository.ts";
import type { Event, NewEvent } from "./events.schema.ts";
import { formatEvent } from "./format-event.ts";
import { checkQuestions } from "./questions.ts";

export async function createEvent(
  event: NewEvent,
  session: Session,
  { db, now }: Deps,
): Promise<Event> {
  if (!hasPermission(session, `manage_event:${event.type}`)) {
    throw forbidden(`You are not allowed to create events of type ${event.type}.`);
  }
  const url = normaliseUrl(event.url);
  const dates = parseEventDates(event);
  expectNoFaults({
    ...checkUrl(url),
    ...checkQuestions(event.questions),
    ...checkDeadlines(event.type, dates),
  });
  const row = await refuseTakenUrl(url, () =>
    db.transaction().execute((trx) =>
      insertEvent(trx, {
        name: event.name,
        url,
        type: event.type,
        publication_date: null,
        description: event.description,
        fee: event.fee,
        body_id: event.body_id,
        questions: JSON.stringify(event.questions),
        locations: JSON.stringify(event.locations ?? []),
        vegetarian: event.vegetarian ?? false,
        booklet_folder: event.booklet_folder ?? null,
        ...formatEventDates(dates),
      }),
    ),
  );
  return formatEvent(row, now());
}

export function checkUrl(url: string): FieldErrors {
  const errors: Record<string, string[]> = {};
  const fault = findUrlFault(url);
  if (fault !== null) {
    errors["url"] = [fault];
  }
  return errors;
}

/** The unique index decides, also when two take the same address at once. */
export async function refuseTakenUrl<T>(url: string, write: () => Promise<T>): Promise<T> {
  try {
    return await write();
  } catch (error) {
    if (isUniqueViolation(error, "events_url_key")) {
      throw unprocessable({ url: [`The URL "${url}" is taken already.`] });
    }
    throw error;
  }
}
