const DAY_MS = 24 * 60 * 60 * 1000;

const wallClock = new Intl.DateTimeFormat("en-GB", {
  timeZone: "Europe/Brussels",
  timeZoneName: "longOffset",
});

/** The same time of day one day earlier by the clock of AEGEE-Europe's office, also when summer time begins or ends between. */
export function subtractCetDay(date: Date): Date {
  const dayBefore = new Date(date.getTime() - DAY_MS);
  return new Date(dayBefore.getTime() + (readOffsetMs(date) - readOffsetMs(dayBefore)));
}

function readOffsetMs(date: Date): number {
  const name = wallClock.formatToParts(date).find((part) => part.type === "timeZoneName")?.value;
  const hours = Number(/GMT\+(\d\d):/.exec(name ?? "")?.[1] ?? 0);
  return hours * 60 * 60 * 1000;
}
