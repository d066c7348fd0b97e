import { notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { readEvent, type EventRow } from "./events.repository.ts";

export async function findEvent(key: string, { db }: Deps): Promise<EventRow> {
  const event = await readEvent(db, key);
  if (event === undefined) {
    throw notFound("Event");
  }
  return event;
}
