interface Span {
  starts: Date;
  ends: Date;
}

export interface AttendanceSpan {
  starts: Date;
  /** `null` while the participant is in the room. */
  ends: Date | null;
}

/** When an attendance ended: nobody stays beyond the plenary, so its end closes what is still open. */
export function planAttendanceEnd(
  attendance: AttendanceSpan,
  plenary: Span,
  now: Date,
): Date | null {
  if (attendance.ends !== null) {
    return attendance.ends;
  }
  return now > plenary.ends ? plenary.ends : null;
}

/** Seconds of an attendance that lie within the plenary; an open one counts nothing yet. */
export function countAttendedSeconds(attendance: AttendanceSpan, plenary: Span): number {
  if (attendance.ends === null) {
    return 0;
  }
  const from = Math.max(attendance.starts.getTime(), plenary.starts.getTime());
  const until = Math.min(attendance.ends.getTime(), plenary.ends.getTime());
  return Math.max(until - from, 0) / 1000;
}
