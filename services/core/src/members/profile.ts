import type { FieldErrors } from "@myaegee/service-kit";

import type { MemberChanges, NewMember } from "./members.schema.ts";

/** Mail addresses of AEGEE's own domains are handed out by AEGEE, so nobody may sign up with one. */
const restrictedDomains = ["aegee.org", "aegee.eu"];

/** What a profile looks like in the database: trimmed, names of accounts in lower case, no text is ever null. */
export function normaliseProfile(changes: MemberChanges, now: Date) {
  const { username, first_name, last_name, privacy_consent } = changes;
  return {
    username: username?.trim().toLowerCase(),
    first_name: first_name?.trim(),
    last_name: last_name?.trim(),
    date_of_birth: changes.date_of_birth === "" ? null : changes.date_of_birth,
    gender: trimText(changes.gender),
    phone: trimText(changes.phone),
    address: trimText(changes.address),
    about_me: trimText(changes.about_me),
    privacy_consent: normaliseConsent(privacy_consent, now),
  };
}

export function normaliseEmail(email: string): string {
  return email.trim().toLowerCase();
}

export function findProfileFaults(changes: MemberChanges, now: Date): FieldErrors {
  const { date_of_birth: day } = changes;
  if (day === undefined || day === null || day === "") {
    return {};
  }
  if (!isCalendarDay(day)) {
    return { date_of_birth: [`${day} is not a day of the calendar, expected YYYY-MM-DD.`] };
  }
  return day < now.toISOString().slice(0, 10)
    ? {}
    : { date_of_birth: ["Birthday should be in the past."] };
}

export function findEmailFaults(email: string): FieldErrors {
  const domain = normaliseEmail(email).split("@").at(-1) ?? "";
  const isRestricted = restrictedDomains.some(
    (restricted) => domain === restricted || domain.endsWith(`.${restricted}`),
  );
  return isRestricted
    ? {
        email: [
          `Email can not be in one of the following domains: ${restrictedDomains.join(", ")}.`,
        ],
      }
    : {};
}

export function findNewMemberFaults(newMember: NewMember, now: Date): FieldErrors {
  return { ...findProfileFaults(newMember, now), ...findEmailFaults(newMember.email) };
}

export function isCalendarDay(text: string): boolean {
  const time = Date.parse(`${text}T00:00:00Z`);
  return (
    text >= "1000-01-01" && !Number.isNaN(time) && new Date(time).toISOString().startsWith(text)
  );
}

/** The moment of consent is ours: the browser's clock proves nothing. */
function normaliseConsent(consent: boolean | string | null | undefined, now: Date) {
  if (consent === undefined) {
    return undefined;
  }
  return consent === null || consent === false || consent === "" ? null : now;
}

function trimText(text: string | null | undefined): string | undefined {
  return text === null ? "" : text?.trim();
}
