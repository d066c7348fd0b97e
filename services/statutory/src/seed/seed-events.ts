import { seedBodies } from "@myaegee/contracts";

import type { EventDates } from "../events/deadlines.ts";
import type { EventType } from "../events/event-types.ts";
import type { Question } from "../events/questions.ts";

export interface SeedEvent {
  url: string;
  name: string;
  type: EventType;
  description: string;
  fee: number;
  body_id: number;
  questions: Question[];
  dates: EventDates;
}

const DAY_MS = 24 * 60 * 60 * 1000;

const questions: Question[] = [
  { type: "text", description: "Why do you want to take part?", required: true },
  { type: "checkbox", description: "I have read the code of conduct.", required: true },
];

/** An Agora that takes applications now, and an EPM that will later. */
export function planSeedEvents(now: Date): SeedEvent[] {
  const inDays = (days: number) => new Date(now.getTime() + days * DAY_MS);
  return [
    {
      url: "agora-testburg",
      name: "Agora Testburg",
      type: "agora",
      description: "The general assembly of AEGEE-Europe, this time in Testburg.",
      fee: 60,
      body_id: seedBodies.testburg.id,
      questions,
      dates: planAgoraDates(inDays),
    },
    {
      url: "epm-musterstad",
      name: "EPM Musterstad",
      type: "epm",
      description: "The European Planning Meeting: where the network plans its year.",
      fee: 45,
      body_id: seedBodies.musterstad.id,
      questions,
      dates: planEpmDates(inDays),
    },
  ];
}

function planAgoraDates(inDays: (days: number) => Date): EventDates {
  return {
    application_period_starts: inDays(-7),
    application_period_ends: inDays(21),
    board_approve_deadline: inDays(28),
    participants_list_publish_deadline: inDays(35),
    memberslist_submission_deadline: inDays(30),
    draft_proposal_deadline: inDays(20),
    final_proposal_deadline: inDays(30),
    candidature_deadline: inDays(30),
    booklet_publication_deadline: inDays(40),
    updated_booklet_publication_deadline: inDays(50),
    starts: inDays(60),
    ends: inDays(64),
  };
}

function planEpmDates(inDays: (days: number) => Date): EventDates {
  return {
    application_period_starts: inDays(60),
    application_period_ends: inDays(80),
    board_approve_deadline: inDays(90),
    participants_list_publish_deadline: inDays(95),
    memberslist_submission_deadline: null,
    draft_proposal_deadline: null,
    final_proposal_deadline: null,
    candidature_deadline: null,
    booklet_publication_deadline: null,
    updated_booklet_publication_deadline: null,
    starts: inDays(120),
    ends: inDays(124),
  };
}
