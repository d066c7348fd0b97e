import { expect, test } from "vitest";

import type { EventDates } from "./deadlines.ts";
import { planEventWindows } from "./event-windows.ts";
import { subtractCetDay } from "./subtract-cet-day.ts";

const at = (iso: string) => new Date(iso);

const dates: EventDates = {
  application_period_starts: at("2027-01-01T12:00:00Z"),
  application_period_ends: at("2027-01-05T12:00:00Z"),
  board_approve_deadline: at("2027-01-08T12:00:00Z"),
  participants_list_publish_deadline: at("2027-01-10T12:00:00Z"),
  memberslist_submission_deadline: at("2027-01-12T12:00:00Z"),
  draft_proposal_deadline: null,
  final_proposal_deadline: null,
  candidature_deadline: null,
  booklet_publication_deadline: null,
  updated_booklet_publication_deadline: null,
  starts: at("2027-01-20T12:00:00Z"),
  ends: at("2027-01-25T12:00:00Z"),
};

test.each([
  ["2027-01-01T11:59:59.999Z", []],
  ["2027-01-01T12:00:00Z", ["apply", "approve", "upload", "edit"]],
  ["2027-01-05T12:00:00Z", ["apply", "approve", "upload", "edit"]],
  ["2027-01-05T12:00:00.001Z", ["approve", "upload", "edit"]],
  ["2027-01-08T12:00:00Z", ["approve", "upload", "edit"]],
  ["2027-01-08T12:00:00.001Z", ["upload", "edit"]],
  ["2027-01-10T12:00:00Z", ["upload", "edit"]],
  ["2027-01-10T12:00:00.001Z", ["participants", "upload", "edit"]],
  ["2027-01-12T12:00:00.001Z", ["participants", "edit"]],
  ["2027-01-19T12:00:00Z", ["participants", "edit"]],
  ["2027-01-19T12:00:00.001Z", ["participants"]],
])("at %s these windows are open: %j", (now, open) => {
  const windows = planEventWindows(dates, at(now));

  expect({
    apply: windows.can_apply,
    approve: windows.can_approve_members,
    participants: windows.can_see_participants_list,
    upload: windows.can_upload_memberslist,
    edit: windows.can_edit_memberslist,
  }).toEqual({
    apply: open.includes("apply"),
    approve: open.includes("approve"),
    participants: open.includes("participants"),
    upload: open.includes("upload"),
    edit: open.includes("edit"),
  });
});

test("an event without a submission deadline takes no members list", () => {
  const epm = { ...dates, memberslist_submission_deadline: null };

  expect(planEventWindows(epm, at("2027-01-02T00:00:00Z")).can_upload_memberslist).toBe(false);
});

test.each([
  ["in winter", "2027-01-20T12:00:00Z", "2027-01-19T12:00:00.000Z"],
  ["over the start of summer time", "2027-03-28T10:00:00Z", "2027-03-27T11:00:00.000Z"],
  ["over the end of summer time", "2027-10-31T11:00:00Z", "2027-10-30T10:00:00.000Z"],
])("one day earlier keeps the time of day %s", (_, date, expected) => {
  expect(subtractCetDay(at(date)).toISOString()).toBe(expected);
});
