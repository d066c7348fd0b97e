import { notFound } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventType } from "../events/event-types.ts";
import type { PaxLimit } from "./limits.schema.ts";
import { planDefaultLimit, readPaxLimits } from "./read-pax-limits.ts";

interface Page {
  limit: number;
  offset: number;
}

/** A page of all bodies with what they may send. */
export async function listPaxLimits(eventType: EventType, page: Page, { db, core }: Deps) {
  const bodies = await core.fetchBodies();
  return {
    rows: await readPaxLimits(db, eventType, pickPage(bodies, page)),
    count: bodies.length,
  };
}

/** As if nobody had set a limit of its own. */
export async function listDefaultLimits(eventType: EventType, page: Page, { core }: Deps) {
  const bodies = await core.fetchBodies();
  return {
    rows: pickPage(bodies, page).map((body) => planDefaultLimit(body, eventType)),
    count: bodies.length,
  };
}

export async function readBodyLimit(
  eventType: EventType,
  bodyId: number,
  { db, core }: Deps,
): Promise<PaxLimit> {
  const body = await core.fetchBody(bodyId);
  const [limit] = body === null ? [] : await readPaxLimits(db, eventType, [body]);
  if (limit === undefined) {
    throw notFound("Body");
  }
  return limit;
}

function pickPage<T>(items: readonly T[], { limit, offset }: Page): T[] {
  return items.slice(offset, offset + limit);
}
