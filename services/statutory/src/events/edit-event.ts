import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { expectNoErrors } from "../field-errors.ts";
import type { EventRow } from "../tables.ts";
import { checkUrl, refuseTakenUrl } from "./create-event.ts";
import { checkDeadlines } from "./deadlines.ts";
import { formatEventDates, parseEventDates } from "./event-dates.ts";
import { normaliseUrl } from "./event-url.ts";
import { updateEvent } from "./events.repository.ts";
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
  const merged = mergeEvent(event, change);
  const dates = parseEventDates(merged);
  expectNoErrors({
    ...checkUrl(merged.url),
    ...checkQuestions(merged.questions),
    ...checkDeadlines(event.type, dates),
  });
  const row = await refuseTakenUrl(merged.url, () =>
    updateEvent(db, event.id, {
      name: merged.name,
      url: merged.url,
      description: merged.description,
      fee: merged.fee,
      body_id: merged.body_id,
      questions: JSON.stringify(merged.questions),
      locations: JSON.stringify(merged.locations),
      vegetarian: merged.vegetarian,
      booklet_folder: merged.booklet_folder,
      ...formatEventDates(dates),
    }),
  );
  return formatEvent(row, now());
}

function mergeEvent(event: EventRow, change: EventChange): EventRow {
  const merged = { ...event, ...change };
  return {
    ...merged,
    url: normaliseUrl(merged.url),
    booklet_folder: merged.booklet_folder ?? null,
  };
}
