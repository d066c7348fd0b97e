import { planPositionStatus } from "./position-status.ts";
import type { CountedPosition } from "./positions.repository.ts";
import type { Position } from "./positions.schema.ts";

/** A position as it is answered, open or closed as of now. */
export function formatPosition(
  { deleted: _deleted, candidate_count, ...row }: CountedPosition,
  now: Date,
): Position {
  const starts = new Date(row.starts);
  const ends = new Date(row.ends);
  const status = planPositionStatus(
    {
      starts,
      ends,
      ends_force: row.ends_force === null ? null : new Date(row.ends_force),
      places: row.places,
      status_override: row.status_override,
      candidate_count,
    },
    now,
  );
  return { ...row, status, can_apply: starts <= now && now <= ends };
}
