import type { Kysely } from "kysely";

import type { EventType } from "../events/event-types.ts";
import type { PaxLimitRow, Tables } from "../tables.ts";
import { findPaxLimits } from "./limits.repository.ts";
import type { PaxLimit } from "./limits.schema.ts";
import { defaultPaxLimits } from "./pax-limits.ts";

interface TypedBody {
  id: number;
  type: string;
}

/** The limit of each body: its own, else the default of its type. One query for all. */
export async function readPaxLimits(
  db: Kysely<Tables>,
  eventType: EventType,
  bodies: readonly TypedBody[],
): Promise<PaxLimit[]> {
  const bodyIds = bodies.map(({ id }) => id);
  const own = await findPaxLimits(db, eventType, bodyIds);
  const byBody = new Map(own.map((row) => [row.body_id, row]));
  return bodies.map((body) => {
    const row = byBody.get(body.id);
    return row === undefined ? planDefaultLimit(body, eventType) : formatPaxLimit(row);
  });
}

export function planDefaultLimit(body: TypedBody, eventType: EventType): PaxLimit {
  return {
    id: null,
    body_id: body.id,
    event_type: eventType,
    ...defaultPaxLimits(body.type, eventType),
    default: true,
  };
}

export function formatPaxLimit(row: PaxLimitRow): PaxLimit {
  const { id, body_id, event_type, delegate, envoy, observer, visitor } = row;
  return { id, body_id, event_type, delegate, envoy, observer, visitor, default: false };
}
