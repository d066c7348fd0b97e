import { expectNoFaults, forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventRow } from "../tables.ts";
import { checkUrl, refuseTakenUrl } from "./create-event.ts";
import { checkDeadlines } from "./deadlines.ts";
import { formatEventDates, parseEventDates } from "./event-dates.ts";
import { normaliseUrl } from "./event-url.ts";
import { lockEventRow, updateEvent } from "./events.repository.ts";
import type { Event, EventChange } from "./events.schema.ts";
import { formatEvent } from "./format-event.ts";
import { checkQuestions } from "./questions.ts";
import type { EventContext } from "./read-event-context.ts";

/** Changes what is named and keeps the rest; type and status never change here. */
export async function editEvent(
  change: EventChange,
  { event, permissions }: EventContext,
  { db, now }: Deps,
): Promise<Event> {
  if (!permissions.edit_event) {
    throw forbidden(`You are not allowed to edit events of type ${event.type}.`);
  }
  const url = normaliseUrl(change.url ?? event.url);
  const row = await refuseTakenUrl(url, () =>
    db.transaction().execute(async (trx) => {
      // Deadlines are judged together, so two managers at once must not each see half of the change.
      const merged = mergeEvent(await lockEventRow(trx, event.id), change);
      return updateEvent(trx, event.id, planColumns(merged));
    }),
  );
  return formatEvent(row, now());
}

function planColumns(event: EventRow) {
  const dates = parseEventDates(event);
  expectNoFaults({
    ...checkUrl(event.url),
    ...checkQuestions(event.questions),
    ...checkDeadlines(event.type, dates),
  });
  return {
    name: event.name,
    url: event.url,
    description: event.description,
    fee: event.fee,
    body_id: event.body_id,
    questions: JSON.stringify(event.questions),
    locations: JSON.stringify(event.locations),
    vegetarian: event.vegetarian,
    booklet_folder: event.booklet_folder,
    ...formatEventDates(dates),
  };
}

function mergeEvent(event: EventRow, change: EventChange): EventRow {
  const merged = { ...event, ...change };
  return {
    ...merged,
    type: event.type,
    url: normaliseUrl(merged.url),
    booklet_folder: merged.booklet_folder ?? null,
  };
}
