import type { LightMyRequestResponse } from "fastify";
import { sql, type Kysely } from "kysely";

import type { TestStatutory } from "./start-statutory.ts";

const DAY_MS = 24 * 60 * 60 * 1000;

export function inDays(days: number): string {
  return new Date(Date.now() + days * DAY_MS).toISOString();
}

/** An Agora in whose application period we are. */
export function buildAgora(change: object = {}): Record<string, unknown> {
  return {
    name: "Agora Testburg",
    url: "agora-testburg",
    type: "agora",
    description: "The general assembly.",
    fee: 60,
    body_id: 1,
    questions: [{ type: "string", description: "Why?", required: true }],
    application_period_starts: inDays(-7),
    application_period_ends: inDays(7),
    board_approve_deadline: inDays(14),
    participants_list_publish_deadline: inDays(21),
    memberslist_submission_deadline: inDays(20),
    draft_proposal_deadline: inDays(5),
    final_proposal_deadline: inDays(10),
    candidature_deadline: inDays(10),
    booklet_publication_deadline: inDays(15),
    updated_booklet_publication_deadline: inDays(20),
    starts: inDays(30),
    ends: inDays(34),
    ...change,
  };
}

export function buildEpm(change: object = {}): Record<string, unknown> {
  return {
    ...buildAgora(),
    name: "EPM Musterstad",
    url: "epm-musterstad",
    type: "epm",
    memberslist_submission_deadline: null,
    draft_proposal_deadline: null,
    final_proposal_deadline: null,
    candidature_deadline: null,
    booklet_publication_deadline: null,
    updated_booklet_publication_deadline: null,
    ...change,
  };
}

export function buildApplication(change: object = {}): Record<string, unknown> {
  return {
    body_id: 1,
    nationality: "Testlandish",
    meals: "Vegan",
    allergies: null,
    number_of_events_visited: 2,
    visa_required: false,
    answers: ["Because."],
    ...change,
  };
}

export function buildMembersList(count = 3, change: object = {}): Record<string, unknown> {
  const members = Array.from({ length: count }, (_, index) => ({
    first_name: `First${index}`,
    last_name: `Last${index}`,
    fee: 30,
  }));
  return { currency: "EU", members, ...change };
}

export function buildPosition(change: object = {}): Record<string, unknown> {
  return {
    name: "President",
    body_id: 1,
    places: 1,
    starts: inDays(-1),
    ends: inDays(10),
    ...change,
  };
}

export function buildCandidate(change: object = {}): Record<string, unknown> {
  const story = "A long story.";
  return {
    body_id: 1,
    nationality: "Testlandish",
    languages: ["English"],
    member_since: "2024-01-31",
    studies: story,
    european_experience: story,
    local_experience: story,
    attended_agorae: story,
    attended_epm: story,
    attended_conferences: story,
    external_experience: story,
    related_experience: story,
    motivation: story,
    program: story,
    agreed_to_privacy_policy: true,
    ...change,
  };
}

/** The `data` of an answer that must be a success. */
export function readData(answer: LightMyRequestResponse) {
  const body = answer.json();
  if (answer.statusCode !== 200) {
    throw new Error(`Expected 200, got ${answer.statusCode}: ${answer.body}`);
  }
  return body.data;
}

/** Creates and publishes an event; answers it. */
export async function publishEvent({ send }: TestStatutory, event: Record<string, unknown>) {
  const created = readData(await send("POST /", { as: "chair", body: event }));
  const status = await send(`PUT /events/${created.id}/status`, {
    as: "chair",
    body: { status: "published" },
  });
  if (status.statusCode !== 200) {
    throw new Error(status.body);
  }
  return created;
}

/** Applies as each of them, for AEGEE-Testburg; answers the applications in their order. */
export async function applyAs({ send }: TestStatutory, eventId: number, people: readonly string[]) {
  const applications = [];
  for (const as of people) {
    const answer = await send(`POST /events/${eventId}/applications`, {
      as,
      body: buildApplication(),
    });
    applications.push(readData(answer));
  }
  return applications;
}

/** Brings an application into a state that would take many requests to reach. */
export async function setColumns(
  { db }: TestStatutory,
  applicationId: number,
  columns: Record<string, boolean | string | number>,
): Promise<void> {
  await db.updateTable("applications").set(columns).where("id", "=", applicationId).execute();
}

export interface PromisedMail {
  template: string;
  subject: string;
  recipients: string[];
  parameters: Record<string, unknown>;
}

/** The mails that the transactions so far have promised, in their order. */
export async function readOutbox<Tables>(db: Kysely<Tables>): Promise<PromisedMail[]> {
  const { rows } = await sql<PromisedMail>`
    select template, subject, recipients, parameters from outbox order by created_at, template`.execute(
    db,
  );
  return rows;
}

export function byNumber(a: number, b: number): number {
  return a - b;
}

export function byText(a: string, b: string): number {
  return a < b ? -1 : 1;
}
