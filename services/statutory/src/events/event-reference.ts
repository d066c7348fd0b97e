import { eventTypes, type EventType } from "./event-types.ts";

/** How a path names an event: by id, by URL, or as the latest one (of a type). */
export type EventReference =
  | { by: "id"; id: number }
  | { by: "url"; url: string }
  | { by: "latest"; type: EventType | null };

const MAX_ID = 2_147_483_647;

export function parseEventReference(text: string): EventReference {
  if (text === "latest") {
    return { by: "latest", type: null };
  }
  const type = eventTypes.find((candidate) => text === `latest-${candidate}`);
  if (type !== undefined) {
    return { by: "latest", type };
  }
  const id = /^\d+$/.test(text) ? Number(text) : Number.NaN;
  return id <= MAX_ID ? { by: "id", id } : { by: "url", url: text.toLowerCase() };
}
