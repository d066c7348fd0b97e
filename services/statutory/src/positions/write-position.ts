import {
  addFieldError,
  expectNoFaults,
  type FieldErrors,
  forbidden,
  notFound,
} from "@myaegee/service-kit";

import type { Deps } from "../deps.ts";
import { findDateErrors } from "../events/event-dates.ts";
import type { EventContext } from "../events/read-event-context.ts";
import { formatPosition } from "./format-position.ts";
import type { PositionStatus } from "./position-status.ts";
import {
  findPosition,
  insertPosition,
  updatePosition,
  type CountedPosition,
} from "./positions.repository.ts";
import type { NewPosition, Position, PositionChange } from "./positions.schema.ts";

export interface PositionTarget {
  context: EventContext;
  positionId: number;
}

export async function createPosition(
  position: NewPosition,
  context: EventContext,
  { db, now }: Deps,
): Promise<Position> {
  expectMayManage(context);
  const columns = planColumns(position);
  const row = await insertPosition(db, {
    ...columns,
    event_id: context.event.id,
    status_override: null,
  });
  return formatPosition({ ...row, candidate_count: 0 }, now());
}

export async function editPosition(
  change: PositionChange,
  target: PositionTarget,
  deps: Deps,
): Promise<Position> {
  const current = await readManagedPosition(target, deps);
  const row = await updatePosition(deps.db, current.id, planColumns({ ...current, ...change }));
  return formatPosition({ ...row, candidate_count: current.candidate_count }, deps.now());
}

/** Opens or closes a position by hand, or leaves it to the clock again. */
export async function setPositionStatus(
  status: PositionStatus | null,
  target: PositionTarget,
  deps: Deps,
): Promise<Position> {
  const current = await readManagedPosition(target, deps);
  const row = await updatePosition(deps.db, current.id, { status_override: status });
  return formatPosition({ ...row, candidate_count: current.candidate_count }, deps.now());
}

export async function deletePosition(target: PositionTarget, deps: Deps): Promise<Position> {
  const current = await readManagedPosition(target, deps);
  await updatePosition(deps.db, current.id, { deleted: true });
  return formatPosition(current, deps.now());
}

export async function readPosition(
  { context, positionId }: PositionTarget,
  { db }: Deps,
): Promise<CountedPosition> {
  const position = await findPosition(db, context.event.id, positionId);
  if (position === undefined) {
    throw notFound("Position");
  }
  return position;
}

async function readManagedPosition(target: PositionTarget, deps: Deps): Promise<CountedPosition> {
  expectMayManage(target.context);
  return readPosition(target, deps);
}

function expectMayManage({ permissions }: EventContext): void {
  if (!permissions.manage_candidates) {
    throw forbidden("You are not allowed to manage positions.");
  }
}

function planColumns(position: NewPosition) {
  const { name, body_id, starts, ends, places } = position;
  const dates = {
    starts,
    ends,
    ends_force: position.ends_force ?? null,
    start_term: position.start_term ?? null,
    end_term: position.end_term ?? null,
  };
  expectNoFaults(findDateErrors(dates));
  expectNoFaults(checkOrder(dates));
  return { name, body_id, places, ...dates, requirements: position.requirements ?? null };
}

function checkOrder(
  dates: Record<"starts" | "ends", string> &
    Record<"ends_force" | "start_term" | "end_term", string | null>,
): FieldErrors {
  const errors: Record<string, string[]> = {};
  if (new Date(dates.ends) <= new Date(dates.starts)) {
    addFieldError(errors, "ends", "A position must end after it starts.");
  }
  if (dates.ends_force !== null && new Date(dates.ends_force) <= new Date(dates.ends)) {
    addFieldError(errors, "ends_force", "The last deadline must be after the regular one.");
  }
  const { start_term, end_term } = dates;
  if (start_term !== null && end_term !== null && new Date(end_term) <= new Date(start_term)) {
    addFieldError(errors, "end_term", "A term must end after it starts.");
  }
  return errors;
}
