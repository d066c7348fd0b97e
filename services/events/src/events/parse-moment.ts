const MOMENT =
  /^(?<date>\d{4}-\d{2}-\d{2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?)(?<offset>Z|[+-]\d{2}:?\d{2})?)?$/;
/** Years in four digits, as the answers' date-time format needs; before 1000 nobody holds an event. */
const FIRST_YEAR = 1000;

/**
 * Reads ISO 8601, also with a space for the `T`; without an offset it is UTC. `null` when it is no date.
 * The answer has one length and one zone, so moments compare as texts.
 */
export function parseMoment(text: string): string | null {
  const parts = MOMENT.exec(text.trim())?.groups;
  if (parts === undefined) {
    return null;
  }
  const moment = new Date(`${parts["date"]}T${parts["time"] ?? "00:00"}${parts["offset"] ?? "Z"}`);
  const year = moment.getUTCFullYear();
  return year >= FIRST_YEAR && year <= 9999 && isRealDay(parts["date"])
    ? moment.toISOString()
    : null;
}

/** JavaScript turns 31 February into 3 March; we do not. */
function isRealDay(date: string | undefined): boolean {
  const day = new Date(`${date}T00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(`${date}`);
}
