import Type, { type Static } from "typebox";

import type { ApplicationRow } from "../tables.ts";

export const statsFields = [
  "created_at",
  "status",
  "cancelled",
  "confirmed",
  "registered",
  "attended",
  "departed",
  "gender",
  "meals",
  "participant_type",
  "body_id",
  "number_of_events_visited",
] as const;

const Count = Type.Integer();
const CountByValue = Type.Array(
  Type.Object({
    type: Type.Union([Type.String(), Type.Integer(), Type.Null()]),
    value: Count,
  }),
);
const CountByDate = Type.Array(Type.Object({ date: Type.String(), value: Count }));

/** Figures on all applications to an event; but for `numbers` without the cancelled ones. */
export const ApplicationStats = Type.Object({
  numbers: Type.Object({
    total: Count,
    accepted: Count,
    rejected: Count,
    pending: Count,
    waiting_list: Count,
    cancelled: Count,
    confirmed: Count,
    registered: Count,
    attended: Count,
    departed: Count,
  }),
  by_date: CountByDate,
  by_date_cumulative: CountByDate,
  by_gender: CountByValue,
  by_meal: CountByValue,
  by_type: CountByValue,
  by_body: CountByValue,
  by_number_of_events_visited: CountByValue,
});

export type ApplicationStats = Static<typeof ApplicationStats>;
export type CountedApplication = Pick<ApplicationRow, (typeof statsFields)[number]>;

type Value = string | number | null;

export function planStats(applications: readonly CountedApplication[]): ApplicationStats {
  const valid = applications.filter(({ cancelled }) => !cancelled);
  const byDate = countBy(valid, ({ created_at }) => created_at.slice(0, 10))
    .toSorted((a, b) => (String(a.type) < String(b.type) ? -1 : 1))
    .map(({ type, value }) => ({ date: String(type), value }));
  return {
    numbers: planNumbers(applications, valid),
    by_date: byDate,
    by_date_cumulative: accumulate(byDate),
    by_gender: countBy(valid, ({ gender }) => gender),
    by_meal: countBy(valid, ({ meals }) => meals),
    by_type: countBy(valid, ({ participant_type }) => participant_type),
    by_body: countBy(valid, ({ body_id }) => body_id),
    by_number_of_events_visited: countBy(
      valid,
      ({ number_of_events_visited }) => number_of_events_visited,
    ).toSorted((a, b) => Number(a.type) - Number(b.type)),
  };
}

function planNumbers(
  all: readonly CountedApplication[],
  valid: readonly CountedApplication[],
): ApplicationStats["numbers"] {
  const withStatus = (status: CountedApplication["status"]) =>
    valid.filter((application) => application.status === status).length;
  return {
    total: all.length,
    accepted: withStatus("accepted"),
    rejected: withStatus("rejected"),
    pending: withStatus("pending"),
    waiting_list: withStatus("waiting_list"),
    cancelled: all.length - valid.length,
    confirmed: all.filter(({ confirmed }) => confirmed).length,
    registered: all.filter(({ registered }) => registered).length,
    attended: all.filter(({ attended }) => attended).length,
    departed: all.filter(({ departed }) => departed).length,
  };
}

/** How many of each value, the most frequent first. */
function countBy(
  applications: readonly CountedApplication[],
  read: (application: CountedApplication) => Value,
) {
  const counts = new Map<Value, number>();
  for (const value of applications.map(read)) {
    counts.set(value, (counts.get(value) ?? 0) + 1);
  }
  return [...counts]
    .map(([type, value]) => ({ type, value }))
    .toSorted((a, b) => b.value - a.value);
}

function accumulate(counts: readonly { date: string; value: number }[]) {
  let sum = 0;
  return counts.map(({ date, value }) => {
    sum += value;
    return { date, value: sum };
  });
}
