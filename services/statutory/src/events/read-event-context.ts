import { hasPermission } from "@myaegee/auth";
import type { Session } from "@myaegee/contracts";
import { badRequest, notFound } from "@myaegee/service-kit";

import { findOwnApplication } from "../applications/applications.repository.ts";
import type { Deps } from "../deps.ts";
import { readPaxLimits } from "../limits/read-pax-limits.ts";
import type { EventRow } from "../tables.ts";
import { planEventPermissions } from "./event-permissions.ts";
import { parseEventReference } from "./event-reference.ts";
import type { EventWindows } from "./event-windows.ts";
import { findEventRow } from "./events.repository.ts";
import type { EventPermissions } from "./events.schema.ts";
import { readEventWindows } from "./format-event.ts";

/** An event and what the caller may do with it at this moment. */
export interface EventContext<Caller extends Session | null = Session | null> {
  event: EventRow;
  windows: EventWindows;
  permissions: EventPermissions;
  session: Caller;
}

/** 404 for what does not exist, and for a draft that is none of the caller's business. */
export async function readEventContext<Caller extends Session | null>(
  reference: string,
  session: Caller,
  { db, now }: Deps,
): Promise<EventContext<Caller>> {
  const event = await findEventRow(db, parseEventReference(reference));
  if (event === undefined || !isVisible(event, session)) {
    throw notFound("Event");
  }
  const user = session?.user ?? null;
  const [limits, own] = await Promise.all([
    readPaxLimits(db, event.type, user?.bodies ?? []),
    user === null ? undefined : findOwnApplication(db, event.id, user.id),
  ]);
  const windows = readEventWindows(event, now());
  const permissions = planEventPermissions({
    session,
    type: event.type,
    windows,
    limits: new Map(limits.map((limit) => [limit.body_id, limit])),
    isConfirmed: own?.confirmed === true,
  });
  return { event, windows, permissions, session };
}

/** Members lists, votes, elections and plenaries exist at an Agora only. */
export async function readAgoraContext<Caller extends Session>(
  reference: string,
  session: Caller,
  deps: Deps,
): Promise<EventContext<Caller>> {
  const context = await readEventContext(reference, session, deps);
  if (context.event.type !== "agora") {
    throw badRequest(`This exists for an Agora only, and event ${context.event.id} is none.`);
  }
  return context;
}

function isVisible(event: EventRow, session: Session | null): boolean {
  return event.status === "published" || hasPermission(session, `manage_event:${event.type}`);
}
