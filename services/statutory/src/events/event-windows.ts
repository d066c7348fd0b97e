import type { EventDates } from "./deadlines.ts";
import { subtractCetDay } from "./subtract-cet-day.ts";

/** What the calendar allows now. Each window includes its first and its last moment. */
export interface EventWindows {
  can_apply: boolean;
  can_approve_members: boolean;
  can_see_participants_list: boolean;
  can_upload_memberslist: boolean;
  can_edit_memberslist: boolean;
  memberslist_edit_deadline: Date;
}

export function planEventWindows(dates: EventDates, now: Date): EventWindows {
  const opens = dates.application_period_starts;
  const editDeadline = subtractCetDay(dates.starts);
  const isOpenUntil = (end: Date | null) => end !== null && opens <= now && now <= end;
  return {
    can_apply: isOpenUntil(dates.application_period_ends),
    can_approve_members: isOpenUntil(dates.board_approve_deadline),
    can_see_participants_list: now > dates.participants_list_publish_deadline,
    can_upload_memberslist: isOpenUntil(dates.memberslist_submission_deadline),
    can_edit_memberslist: isOpenUntil(editDeadline),
    memberslist_edit_deadline: editDeadline,
  };
}
