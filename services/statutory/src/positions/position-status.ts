export const positionStatuses = ["open", "closed"] as const;

export type PositionStatus = (typeof positionStatuses)[number];

export interface PositionTimes {
  starts: Date;
  ends: Date;
  /** While there are not more candidates than places, the position stays open until then. */
  ends_force: Date | null;
  places: number;
  /** Set by hand; the clock no longer counts. */
  status_override: PositionStatus | null;
  /** Without the rejected ones. */
  candidate_count: number;
}

/** Whether people can run for a position now: no timer opens or closes it, the answer follows from the time. */
export function planPositionStatus(position: PositionTimes, now: Date): PositionStatus {
  if (position.status_override !== null) {
    return position.status_override;
  }
  return isOpen(position, now) ? "open" : "closed";
}

function isOpen(position: PositionTimes, now: Date): boolean {
  if (now < position.starts) {
    return false;
  }
  if (now <= position.ends) {
    return true;
  }
  const isExtended = position.candidate_count <= position.places;
  return position.ends_force !== null && now <= position.ends_force && isExtended;
}
