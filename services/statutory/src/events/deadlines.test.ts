import { describe, expect, test } from "vitest";

import { checkDeadlines, type EventDates } from "./deadlines.ts";

const day = (number: number) => new Date(Date.UTC(2027, 0, number));

const agora: EventDates = {
  application_period_starts: day(1),
  application_period_ends: day(5),
  board_approve_deadline: day(8),
  participants_list_publish_deadline: day(10),
  memberslist_submission_deadline: day(12),
  draft_proposal_deadline: day(4),
  final_proposal_deadline: day(6),
  candidature_deadline: day(7),
  booklet_publication_deadline: day(9),
  updated_booklet_publication_deadline: day(11),
  starts: day(20),
  ends: day(25),
};

const epm: EventDates = {
  ...agora,
  memberslist_submission_deadline: null,
  draft_proposal_deadline: null,
  final_proposal_deadline: null,
  candidature_deadline: null,
  booklet_publication_deadline: null,
  updated_booklet_publication_deadline: null,
};

describe("deadlines", () => {
  test.each([
    ["an Agora with all deadlines", "agora", agora],
    ["an EPM without the deadlines of an Agora", "epm", epm],
    ["an SPM without the deadlines of an Agora", "spm", epm],
    [
      "a final proposal on the day of the draft",
      "agora",
      { ...agora, final_proposal_deadline: day(4) },
    ],
    [
      "an updated booklet on the day of the first",
      "agora",
      { ...agora, updated_booklet_publication_deadline: day(9) },
    ],
  ] as const)("accepts %s", (_, type, dates) => {
    expect(checkDeadlines(type, dates)).toEqual({});
  });

  test.each([
    ["application_period_ends", { application_period_ends: day(1) }],
    ["application_period_ends", { application_period_starts: day(5) }],
    ["board_approve_deadline", { board_approve_deadline: day(5) }],
    ["participants_list_publish_deadline", { participants_list_publish_deadline: day(8) }],
    ["participants_list_publish_deadline", { participants_list_publish_deadline: day(20) }],
    ["ends", { ends: day(20) }],
    ["memberslist_submission_deadline", { memberslist_submission_deadline: day(1) }],
    ["memberslist_submission_deadline", { memberslist_submission_deadline: day(20) }],
    ["final_proposal_deadline", { final_proposal_deadline: day(3) }],
    ["final_proposal_deadline", { final_proposal_deadline: day(20) }],
    ["candidature_deadline", { candidature_deadline: day(20) }],
    ["updated_booklet_publication_deadline", { updated_booklet_publication_deadline: day(8) }],
    ["updated_booklet_publication_deadline", { updated_booklet_publication_deadline: day(20) }],
  ])("blames only %s for %j", (field, change) => {
    expect(Object.keys(checkDeadlines("agora", { ...agora, ...change }))).toEqual([field]);
  });

  test("asks an Agora for each of its own deadlines", () => {
    expect(Object.keys(checkDeadlines("agora", epm))).toEqual([
      "memberslist_submission_deadline",
      "draft_proposal_deadline",
      "final_proposal_deadline",
      "candidature_deadline",
      "booklet_publication_deadline",
      "updated_booklet_publication_deadline",
    ]);
  });

  test("names both ends of a broken order", () => {
    const errors = checkDeadlines("epm", { ...epm, board_approve_deadline: day(3) });

    expect(errors).toEqual({
      board_approve_deadline: [
        "The end of the application period must be before the board approve deadline.",
      ],
    });
  });
});
