import { localBodyTypes } from "@myaegee/contracts";
import type { FieldErrors } from "@myaegee/service-kit";

import { isCalendarDay } from "../members/profile.ts";
import type { BodyChanges } from "./bodies.schema.ts";

export const bodyKeys = {
  bodies_code_key: ["code", "Body with this code already exists."],
  bodies_abbreviation_key: ["abbreviation", "Body with this abbreviation already exists."],
  bodies_gsuite_id_key: ["gsuite_id", "Body with this Google Workspace id already exists."],
} as const;

/** What may be written of a body, as it is stored. Status, circles and ids are not among it. */
export function normaliseBody(changes: BodyChanges) {
  return {
    name: changes.name?.trim(),
    description: changes.description?.trim(),
    task_description: changes.task_description === null ? "" : changes.task_description,
    code: changes.code?.trim().toUpperCase(),
    abbreviation: emptyToNull(changes.abbreviation),
    email: changes.email?.trim().toLowerCase(),
    phone: emptyToNull(changes.phone),
    address: emptyToNull(changes.address),
    postal_address: emptyToNull(changes.postal_address),
    type: changes.type,
    fee_currency: emptyToNull(changes.fee_currency),
    pays_fees: changes.pays_fees,
    founded_at: changes.founded_at,
    country: emptyToNull(changes.country),
    website: emptyToNull(changes.website),
    gsuite_id: emptyToNull(changes.gsuite_id)?.toLowerCase() ?? changes.gsuite_id,
    google_group: emptyToNull(changes.google_group),
  };
}

/** `body` is what it would be after the change. */
export function findBodyFaults(body: { type: string; founded_at: string | null }): FieldErrors {
  if (body.founded_at !== null && !isCalendarDay(body.founded_at)) {
    return {
      founded_at: [`${body.founded_at} is not a day of the calendar, expected YYYY-MM-DD.`],
    };
  }
  return body.founded_at === null && localBodyTypes.includes(body.type)
    ? { founded_at: ["Foundation date needs to be set."] }
    : {};
}

function emptyToNull(text: string | null | undefined): string | null | undefined {
  return text?.trim() === "" ? null : (text?.trim() ?? text);
}
