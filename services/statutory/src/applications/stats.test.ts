import { expect, test } from "vitest";

import { planStats, type CountedApplication } from "./stats.ts";

const build = (change: Partial<CountedApplication> = {}): CountedApplication => ({
  created_at: "2027-01-01T10:00:00.000Z",
  status: "pending",
  cancelled: false,
  confirmed: false,
  registered: false,
  attended: false,
  departed: false,
  gender: "female",
  meals: "Vegan",
  participant_type: null,
  body_id: 1,
  number_of_events_visited: 2,
  ...change,
});

test("an event without applications has empty figures", () => {
  const stats = planStats([]);

  expect(stats.numbers.total).toBe(0);
  expect(stats.by_date_cumulative).toEqual([]);
});

test("cancelled applications count in the numbers only", () => {
  const stats = planStats([
    build(),
    build({ cancelled: true, confirmed: true, status: "accepted" }),
  ]);

  expect(stats.numbers).toMatchObject({
    total: 2,
    pending: 1,
    accepted: 0,
    cancelled: 1,
    confirmed: 1,
  });
  expect(stats.by_gender).toEqual([{ type: "female", value: 1 }]);
});

test("days add up in their order, whatever the order of the applications", () => {
  const stats = planStats([
    build({ created_at: "2027-01-03T10:00:00.000Z" }),
    build(),
    build({ created_at: "2027-01-03T23:59:59.000Z" }),
  ]);

  expect(stats.by_date).toEqual([
    { date: "2027-01-01", value: 1 },
    { date: "2027-01-03", value: 2 },
  ]);
  expect(stats.by_date_cumulative).toEqual([
    { date: "2027-01-01", value: 1 },
    { date: "2027-01-03", value: 3 },
  ]);
});

test("the most frequent value comes first, the number of events by size", () => {
  const stats = planStats([
    build({ body_id: 2, number_of_events_visited: 9 }),
    build({ body_id: 2, number_of_events_visited: 0 }),
    build({ body_id: 1, number_of_events_visited: 9 }),
  ]);

  expect(stats.by_body).toEqual([
    { type: 2, value: 2 },
    { type: 1, value: 1 },
  ]);
  expect(stats.by_number_of_events_visited.map(({ type }) => type)).toEqual([0, 9]);
});
