import type { UserSession } from "@myaegee/auth";
import { forbidden } from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { formatPosition } from "../positions/format-position.ts";
import { findPositions, listPositions } from "../positions/positions.repository.ts";
import type { CandidateRow } from "../tables.ts";
import { listCandidates, listOwnCandidates } from "./candidates.repository.ts";

type PublicCandidate = Pick<
  CandidateRow,
  "id" | "status" | "first_name" | "last_name" | "body_name" | "created_at"
> &
  Partial<Omit<CandidateRow, "email">>;

interface Page {
  limit: number;
  offset: number;
}

/** Positions with all their candidates, for those who decide on them. */
export async function listAllCandidates(context: EventContext, page: Page, deps: Deps) {
  if (!context.permissions.manage_candidates) {
    throw forbidden("You are not allowed to see all candidates.");
  }
  return listWithCandidates(context, { page, deps }, (candidate) => [candidate]);
}

/** Positions with what everybody may know: approved candidates without their mail, pending ones by name. */
export async function listPublicCandidates(context: EventContext, page: Page, deps: Deps) {
  return listWithCandidates(context, { page, deps }, formatPublicCandidate);
}

/** The caller's own candidatures with their positions. */
export async function listCandidatesOfUser(
  { event, session }: EventContext<UserSession>,
  page: Page,
  { db, now }: Deps,
) {
  const own = await listOwnCandidates(db, { userId: session.user.id, eventId: event.id });
  const shown = own.slice(page.offset, page.offset + page.limit);
  const positions = await findPositions(
    db,
    event.id,
    shown.map(({ position_id }) => position_id),
  );
  const moment = now();
  const byId = new Map(positions.map((row) => [row.id, formatPosition(row, moment)]));
  const rows = shown.flatMap((candidate) => {
    const position = byId.get(candidate.position_id);
    return position === undefined ? [] : [{ ...candidate, position }];
  });
  return { rows, count: own.length };
}

async function listWithCandidates<Shown>(
  { event }: EventContext,
  { page, deps }: { page: Page; deps: Deps },
  show: (candidate: CandidateRow) => Shown[],
) {
  const { positions, count } = await listPositions(deps.db, { eventId: event.id, ...page });
  const candidates = await listCandidates(
    deps.db,
    positions.map(({ id }) => id),
  );
  const now = deps.now();
  const rows = positions.map((position) =>
    Object.assign(formatPosition(position, now), {
      candidates: candidates.filter(({ position_id }) => position_id === position.id).flatMap(show),
    }),
  );
  return { rows, count };
}

function formatPublicCandidate(candidate: CandidateRow): PublicCandidate[] {
  const { email: _email, ...known } = candidate;
  const { id, status, first_name, last_name, body_name, created_at } = candidate;
  switch (status) {
    case "approved":
      return [known];
    case "pending":
      return [{ id, status, first_name, last_name, body_name, created_at }];
    case "rejected":
      return [];
  }
}
