export interface DateFormatOptions {
  locale?: string | undefined;
  timeZone?: string | undefined;
}

/** "Sat, 12 Dec 2026, 18:00 CET": with the time zone, because members live in many. */
export function formatDateTime(iso: string, { locale, timeZone }: DateFormatOptions = {}): string {
  return new Intl.DateTimeFormat(locale, {
    weekday: "short",
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZoneName: "short",
    timeZone,
  }).format(new Date(iso));
}

export function formatDate(iso: string, { locale, timeZone }: DateFormatOptions = {}): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  }).format(new Date(iso));
}

/** "12 – 15 Dec 2026": what both ends share is said once. */
export function formatDateRange(
  starts: string,
  ends: string,
  { locale, timeZone }: DateFormatOptions = {},
): string {
  return new Intl.DateTimeFormat(locale, {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone,
  }).formatRange(new Date(starts), new Date(ends));
}

/** "in 3 days", "2 hours ago". */
export function formatDistance(iso: string, now: Date, locale?: string): string {
  const seconds = (new Date(iso).getTime() - now.getTime()) / 1000;
  const [unit, length] = UNITS.find(([, size]) => Math.abs(seconds) >= size) ?? MINUTE;
  return new Intl.RelativeTimeFormat(locale, { numeric: "auto" }).format(
    Math.trunc(seconds / length),
    unit,
  );
}

const MINUTE: [Intl.RelativeTimeFormatUnit, number] = ["minute", 60];
const UNITS: [Intl.RelativeTimeFormatUnit, number][] = [
  ["year", 31_536_000],
  ["month", 2_592_000],
  ["day", 86_400],
  ["hour", 3600],
  MINUTE,
];

/** "Europe/Brussels (CET)": the zone that forms and dates of this browser speak in. */
export function formatTimeZone({ locale, timeZone }: DateFormatOptions = {}): string {
  const format = new Intl.DateTimeFormat(locale, { timeZone, timeZoneName: "short" });
  const short = format.formatToParts(new Date()).find(({ type }) => type === "timeZoneName")?.value;
  return `${format.resolvedOptions().timeZone} (${short ?? "local"})`;
}

/** What a `datetime-local` input shows for a moment: wall-clock time of this browser. */
export function toLocalInput(iso: string | null): string {
  if (iso === null || iso === "") return "";
  const date = new Date(iso);
  const local = new Date(date.getTime() - date.getTimezoneOffset() * 60_000);
  return local.toISOString().slice(0, 16);
}

/** The moment that a `datetime-local` input means, as the API wants it. */
export function fromLocalInput(value: string): string {
  return value === "" ? "" : new Date(value).toISOString();
}
