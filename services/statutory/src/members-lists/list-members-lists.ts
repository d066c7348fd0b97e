import { localBodyTypes, type Body } from "@myaegee/contracts";
import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { formatMembersList } from "./format-members-list.ts";
import {
  listBodiesWithMembersList,
  listBodiesWithoutFee,
  listMembersLists,
} from "./members-lists.repository.ts";

interface Page {
  limit: number;
  offset: number;
}

export async function listSubmittedLists(context: EventContext, page: Page, { db }: Deps) {
  expectHeld(context.permissions.see_memberslist);
  const { lists, count } = await listMembersLists(db, { eventId: context.event.id, ...page });
  return { rows: lists.map(formatMembersList), count };
}

/** Locals that have not handed in a list yet. */
export async function listBodiesMissingList(context: EventContext, page: Page, deps: Deps) {
  expectHeld(context.permissions.see_missing_memberslist);
  const [bodies, handedIn] = await Promise.all([
    deps.core.fetchBodies(),
    listBodiesWithMembersList(deps.db, context.event.id),
  ]);
  const done = new Set(handedIn);
  const missing = bodies.filter(({ id, type }) => localBodyTypes.includes(type) && !done.has(id));
  return pickPage(missing, page);
}

/** Bodies whose list names no fee for anybody. */
export async function listBodiesPayingNoFee(context: EventContext, page: Page, deps: Deps) {
  expectHeld(context.permissions.see_memberslist_without_fee);
  const [bodies, withoutFee] = await Promise.all([
    deps.core.fetchBodies(),
    listBodiesWithoutFee(deps.db, context.event.id),
  ]);
  const ids = new Set(withoutFee);
  return pickPage(
    bodies.filter(({ id }) => ids.has(id)),
    page,
  );
}

function expectHeld(permission: Readonly<Record<string, boolean>>): void {
  if (permission["global"] !== true) {
    throw forbidden("You are not allowed to see the members lists of all bodies.");
  }
}

function pickPage(bodies: readonly Body[], { limit, offset }: Page) {
  const rows = bodies
    .slice(offset, offset + limit)
    .map(({ id, name, type }) => ({ id, name, type }));
  return { rows, count: bodies.length };
}
