import { seedBodies, seedUsers } from "@myaegee/contracts";

import type { EventFields } from "../events/event-fields.ts";
import type { EventStatus, Organizer } from "../events/event.schema.ts";

export interface SeedEvent extends EventFields {
  status: EventStatus;
}

type PlanDates = ReturnType<typeof planDates>;

const DAY_MS = 24 * 60 * 60 * 1000;

const organizers = {
  board: organizer("board", "Berta", "Board"),
  member: organizer("member", "Mara", "Member"),
};

/** Three that people can apply to from today on, one still in the making, one that waits for approval. */
export function planSeedEvents(now: Date): SeedEvent[] {
  const dates = planDates(now);
  return [...planPublished(dates), ...planUnpublished(dates)];
}

function planPublished(dates: PlanDates): SeedEvent[] {
  return [
    {
      ...common(dates(-14, 60, 75, 79)),
      name: "Train the Trainers Testburg",
      url: "train-the-trainers-testburg",
      description: "Four days in which you learn to hold trainings of your own.",
      type: "training",
      status: "published",
      organizers: [organizers.board],
      fee: 60,
      max_participants: 24,
      questions: [
        { type: "text", description: "Why do you want to become a trainer?", required: true },
        {
          type: "select",
          description: "How many trainings have you attended?",
          required: true,
          values: ["none", "one or two", "more"],
        },
      ],
    },
    {
      ...common(dates(-7, 45, 55, 58)),
      name: "Network Meeting Musterstad",
      url: "nwm-musterstad",
      description: "Boards of the region meet, exchange and plan the year.",
      type: "nwm",
      status: "published",
      organizers: [organizers.board, organizers.member],
      organizing_bodies: [bodyOf("musterstad"), bodyOf("testburg")],
      fee: 35,
      max_participants: 40,
    },
    {
      ...common(dates(-3, 90, 110, 113)),
      name: "Conference on Rivers of Europe",
      url: "rivers-of-europe",
      description: "Talks and excursions on what rivers mean for the cities on them.",
      type: "conference",
      status: "published",
      organizers: [organizers.member],
      fee: 80,
      optional_fee: 25,
      optional_programme: "A boat trip on the last day.",
      questions: [
        { type: "checkbox", description: "I can bring a sleeping bag.", required: false },
      ],
    },
  ];
}

function planUnpublished(dates: PlanDates): SeedEvent[] {
  return [
    {
      ...common(dates(20, 80, 100, 104)),
      name: "Carnival in Testburg",
      url: "carnival-in-testburg",
      description: "Music, masks and a parade through the old town.",
      type: "cultural",
      status: "draft",
      organizers: [organizers.member],
      budget: null,
      programme: null,
    },
    {
      ...common(dates(10, 70, 85, 88)),
      name: "Facilitation Weekend Testburg",
      url: "facilitation-weekend-testburg",
      description: "How to lead a discussion to an end that everybody can live with.",
      type: "training",
      status: "submitted",
      organizers: [organizers.board, organizers.member],
      fee: 30,
      max_participants: 16,
    },
  ];
}

function common(dates: ReturnType<PlanDates>) {
  return {
    ...dates,
    organizing_bodies: [bodyOf("testburg")],
    locations: [{ name: "Testburg", position: { lat: 50.85, lng: 4.35 } }],
    questions: [],
    fee: 0,
    optional_fee: 0,
    max_participants: null,
    budget: "https://example.org/budget",
    programme: "https://example.org/programme",
    optional_programme: null,
    link_info_travel_country: null,
    meals_per_day: 3,
    vegetarian: true,
    accommodation_type: "Youth hostel",
  };
}

function bodyOf(name: keyof typeof seedBodies) {
  return { body_id: seedBodies[name].id, body_name: seedBodies[name].name };
}

function planDates(now: Date) {
  const day = (offset: number) => new Date(now.getTime() + offset * DAY_MS).toISOString();
  return (...[opens, closes, starts, ends]: [number, number, number, number]) => ({
    application_starts: day(opens),
    application_ends: day(closes),
    starts: day(starts),
    ends: day(ends),
  });
}

function organizer(login: "board" | "member", first_name: string, last_name: string): Organizer {
  const { id, email } = seedUsers[login];
  return { user_id: id, first_name, last_name, notification_email: email };
}
