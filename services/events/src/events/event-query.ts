import { pageQuery, unprocessable } from "@myaegee/service-kit";
import Type, { type Static } from "typebox";

import type { EventFilter } from "./event-pages.repository.ts";
import { EventType } from "./event.schema.ts";
import { parseMoment } from "./parse-moment.ts";

const Types = Type.Array(EventType, { maxItems: 10 });
const Day = Type.String({ pattern: "^\\d{4}-\\d{2}-\\d{2}", maxLength: 40 });
const ONE_DAY_MS = 24 * 60 * 60 * 1000;

/** What every list of events can be narrowed by. */
export const EventQuery = Type.Object({
  ...pageQuery(),
  search: Type.Optional(Type.String({ maxLength: 200, description: "In name or description." })),
  type: Type.Optional(Types),
  // How axios writes a list.
  "type[]": Type.Optional(Types),
  starts: Type.Optional({ ...Day, description: "Starts on this day or later." }),
  ends: Type.Optional({ ...Day, description: "Ends on this day or before." }),
});

export type EventQuery = Static<typeof EventQuery>;

export function planFilter(query: EventQuery): EventFilter {
  const lastDay = query.ends === undefined ? undefined : parseDay("ends", query.ends);
  return {
    search: query.search,
    types: [...(query.type ?? []), ...(query["type[]"] ?? [])],
    startsFrom: query.starts === undefined ? undefined : parseDay("starts", query.starts),
    endsBefore:
      lastDay === undefined
        ? undefined
        : new Date(new Date(lastDay).getTime() + ONE_DAY_MS).toISOString(),
  };
}

/** Whatever follows the day is ignored, as the clients that send whole moments expect. */
function parseDay(field: string, text: string): string {
  const moment = parseMoment(text.slice(0, 10));
  if (moment === null) {
    throw unprocessable({ [field]: `${text} is no day; expected YYYY-MM-DD.` });
  }
  return moment;
}
